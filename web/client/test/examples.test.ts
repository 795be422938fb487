import {type ChildProcess, execFile, execFileSync, spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import type {Browser} from 'playwright-core';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {launchChromium} from './server/chromium.js';
import {CLASSPATH} from './server/jvm.js';
import {TestServer} from './server/server.js';
import {PATIENCE_MS, Setting, until} from './server/setting.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const NOBODY = 'http://127.0.0.1:1';

let server: TestServer;
let setting: Setting;
let folder: string;

beforeAll(async () => void (server = await TestServer.start()));
afterAll(() => server.stop());
beforeEach(async () => {
  setting = new Setting(server);
  folder = await mkdtemp(join(tmpdir(), 'headway-examples-'));
  await writeFile(join(folder, 'one.txt'), 'one\ntwo\n');
  await writeFile(join(folder, 'two.txt'), 'three\n');
});
afterEach(async () => {
  await setting.close();
  await rm(folder, {recursive: true, force: true});
});

interface Run {
  code: number;
  out: string;
  err: string;
}

/** Runs an example as its README says, from the root of the repository. */
function run(command: string[], url = server.url): Promise<Run> {
  const [program, ...args] = command as [string, ...string[]];
  const env = {...process.env, HEADWAY_URL: url, HEADWAY_CLASSPATH: readFileSync(CLASSPATH, 'utf8').trim()};
  return new Promise((resolve) =>
    execFile(program, args, {cwd: ROOT, env, timeout: PATIENCE_MS}, (failure, out, err) =>
      resolve({code: failure === null ? 0 : Number(failure.code ?? -1), out, err}),
    ),
  );
}

const files = () => [join(folder, 'one.txt'), join(folder, 'two.txt')];

describe.each([
  ['hash-files', ['python3', 'examples/hash_worker.py']],
  ['gzip-files', ['node', 'examples/gzip-worker.mjs']],
  ['crc-files', ['examples/checksum-worker']],
  ['count-lines', ['examples/line-worker.sh']],
])('the worker for %s', (type, command) => {
  test('submits a job for files, does it and ends', async () => {
    const {code, out, err} = await run([...command, ...files()]);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).not.toBe('');
    const [job] = (await setting.direct.jobs({types: [type]})).jobs;
    expect(job).toMatchObject({status: 'completed', progress: 100});
    expect(Object.keys(job!.result_payload as object)).toHaveLength(2);
  });

  test('no server: one line', async () => {
    const {code, err} = await run([...command, ...files()], NOBODY);
    expect(code).not.toBe(0);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe.each([
  ['hash-files', ['python3', 'examples/hash_worker.py']],
  ['gzip-files', ['node', 'examples/gzip-worker.mjs']],
  ['crc-files', ['examples/checksum-worker']],
])('the worker for %s, killed in the middle', (type, command) => {
  const workers: ChildProcess[] = [];

  function start(): ChildProcess {
    const env = {
      ...process.env,
      HEADWAY_URL: server.url,
      HEADWAY_LEASE_SECONDS: '2',
      HEADWAY_CLASSPATH: readFileSync(CLASSPATH, 'utf8').trim(),
    };
    const [program, ...args] = command as [string, ...string[]];
    const worker = spawn(program, args, {cwd: ROOT, env, stdio: 'ignore'});
    workers.push(worker);
    return worker;
  }
  afterEach(() => workers.forEach((worker) => worker.kill('SIGKILL')));

  test('the next attempt goes on behind the file that was done', async () => {
    const [one, pipe] = [join(folder, 'one.txt'), join(folder, 'pipe')];
    execFileSync('mkfifo', [pipe]); // whoever reads it waits until something is written
    const job = await setting.direct.submit({job_type: type, external: true, payload: {paths: [one, pipe]}});
    const watch = setting.direct.watch(job.watch.stream);
    const now = () => watch.state as {[key: string]: unknown} | undefined;
    const first = start();
    await until(watch, () => now()?.['message'] === `${one} is done`);
    first.kill('SIGKILL');
    await writeFile(one, 'read a second time');
    start();
    await until(watch, () => now()?.['attempt'] === 2 && now()?.['status'] === 'in_progress');
    expect(now()?.['percent']).toBeGreaterThanOrEqual(50);
    await writeFile(pipe, 'written at last');
    const end = await watch.end();
    const results = Object.entries(end.result as {[path: string]: unknown});
    expect(end.status).toBe('completed');
    expect(results).toHaveLength(2);
    expect(results[0]).toEqual(DONE[type]!(one));
  });
});

/** The result for the first file, as it was when the first attempt read it. */
const DONE: {[type: string]: (path: string) => [string, unknown]} = {
  'hash-files': (path) => [path, createHash('sha256').update('one\ntwo\n').digest('hex')],
  'gzip-files': (path) => [`${path}.gz`, gzipSync('one\ntwo\n').length],
  'crc-files': (path) => [path, 'fcac93a4'],
};

describe('examples/demo.py', () => {
  test('shows each stage and the end', async () => {
    await writeFile(join(folder, 'copy.txt'), 'three\n');
    const {code, out, err} = await run(['python3', 'examples/demo.py', folder]);
    expect(err).toBe('');
    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(lines.at(-2)).toMatch(/^\[#{25}\] 100\.0 % {2}completed {2}compare/);
    expect(lines.at(-1)).toBe("{'files': 3, 'contents': 2, 'duplicates': 1}");
  });
});

describe('examples/watch.html', () => {
  let browser: Browser;
  let python: ChildProcess;
  let files: string;

  beforeAll(async () => {
    browser = await launchChromium();
    const args = ['-u', '-m', 'http.server', '0', '--bind', '127.0.0.1'];
    python = spawn('python3', args, {cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore']});
    for await (const line of createInterface({input: python.stdout!})) {
      files = `http://localhost:${/port (\d+)/.exec(line)![1]}`;
      break;
    }
  });
  afterAll(async () => {
    python.kill();
    await browser.close();
  });

  test('from another port, with a token that may only watch: shows the bar and the end', async () => {
    const owner = setting.client();
    await fetch(`${server.url}/api/v1/auth/register`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({email: 'ada@example.org', password: 'correct horse'}),
    });
    await owner.signIn('ada@example.org', 'correct horse');
    const job = await owner.submit({job_type: 'watched', external: true});
    const {token} = await owner.watchToken([job.watch.stream], 60);

    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`${files}/examples/watch.html?server=${server.url}&topic=${job.watch.stream}`);
    await page.getByLabel(/Token/).fill(token);
    await page.getByRole('button', {name: 'Watch'}).click();
    await page.getByRole('progressbar').waitFor();
    await page.getByText('Waiting').first().waitFor();
    await owner.cancel(job.id);
    await page.locator('headway-progress[status=cancelled]').waitFor();
    await page.locator('#end').getByText('"cancelled"').waitFor();
    await page.close();
  });
});
