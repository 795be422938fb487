import {type ChildProcess, spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {chmod, mkdtemp, readdir, rm, symlink, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Browser, Page} from 'playwright-core';
import {java, OPTIONS, classpath, environment} from '../server/app-server.js';
import {type Block, ROOT} from './blocks.js';

/** How long to wait for what is bound to come: a machine that builds may be busy with other things. */
const PATIENCE_MS = 120_000;

/** Ports that documents name; free ones take their places. */
const PORTS = ['8000', '8080', '1883', '6379'];

/**
 * Does what a section of a document says, in a folder that looks like the root of a checkout:
 *
 * - a block with a file's name is saved under it;
 * - `sh server` runs until the end, and goes on once it says that it is ready;
 * - `sh` runs in one shell for the whole section and must succeed;
 * - `text` must be printed by the `sh` before, line by line;
 * - `text browser` must be seen in a browser at the address that was printed last;
 * - `html` is put on a page of the server's, and must show a bar for a job;
 * - `xml` must name a module of this build with its version;
 * - a block without a language is a drawing; any other is a fault.
 */
export class Sample {
  private readonly children: ChildProcess[] = [];
  private readonly ports = new Map<string, number>();
  private shell: ChildProcess | undefined;
  private folder = '';
  private printed = '';
  private address = '';
  private page: Page | undefined;
  private readonly said: string[] = [];

  constructor(private readonly browser: () => Promise<Browser>) {}

  async prepare(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'headway-sample-'));
    for (const name of await readdir(ROOT)) {
      if (!['headway', 'data', '.git', 'node_modules'].includes(name)) {
        await symlink(join(ROOT, name), join(this.folder, name));
      }
    }
    await symlink(join(ROOT, 'web/node_modules'), join(this.folder, 'node_modules'));
    const command = [java(), ...OPTIONS, '-cp', classpath(), 'dev.headway.app.Headway'];
    const quoted = command.map((word) => `'${word}'`).join(' ');
    const demo = '[ "$1" != demo ] || set -- "$@" --port "$HEADWAY_PORT"'; // which hears of nothing else
    await writeFile(join(this.folder, 'headway'), `#!/bin/sh\n${demo}\nexec ${quoted} "$@"\n`);
    await chmod(join(this.folder, 'headway'), 0o755);
    for (const port of PORTS) {
      this.ports.set(port, await freePort());
    }
  }

  async run({language, more, text}: Block): Promise<void> {
    const filled = text.replace(new RegExp(`\\b(${PORTS.join('|')})\\b`, 'g'), (port) => String(this.ports.get(port)));
    switch (`${language} ${more}`.trim()) {
      case 'sh server':
        return this.serve(filled);
      case 'sh':
        return this.execute(filled);
      case 'text':
        return this.expect(filled.trim().split('\n'));
      case 'text browser':
        return this.browse(filled.trim().split('\n'));
      case 'html':
        return this.embed(filled);
      case 'xml':
        return dependsOnThisBuild(text);
      case '':
        return; // a drawing
      default:
        if (more === '') {
          throw new Error(`Nobody knows what to do with ${language}`);
        }
        await writeFile(join(this.folder, more), filled);
    }
  }

  private start(command: string[]): ChildProcess {
    const [program = '', ...args] = command;
    const port = String(this.ports.get('8000'));
    const child = spawn(program, args, {
      cwd: this.folder,
      detached: true,
      env: {
        ...environment(),
        PATH: `${join(java(), '..')}:/usr/bin:${process.env['PATH']}`, // Debian's Python has the packages that the build installs
        HOME: this.folder,
        HEADWAY_DATA: join(this.folder, 'data'),
        HEADWAY_PORT: port,
        HEADWAY_URL: `http://localhost:${port}`,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdout!.setEncoding('utf8').on('data', (data: string) => (this.printed += data));
    child.stderr!.setEncoding('utf8').on('data', (data: string) => (this.printed += data));
    this.children.push(child);
    return child;
  }

  private async serve(text: string): Promise<void> {
    this.printed = '';
    const child = this.start(['bash', '-c', text]);
    await this.expect(['ready at'], () => child.exitCode !== null);
  }

  private async execute(text: string): Promise<void> {
    this.shell ??= this.start(['bash', '-e']);
    this.printed = '';
    const shell = this.shell;
    shell.stdin!.write(`${text}\necho :done:\n`);
    await this.expect([':done:'], () => shell.exitCode !== null);
    this.address = /http:\/\/localhost\S*/.exec(this.printed)?.[0] ?? this.address;
  }

  /** Waits for what has to be printed, unless nothing more can come. */
  private async expect(lines: string[], over = () => false): Promise<void> {
    const late = AbortSignal.timeout(PATIENCE_MS);
    for (const line of lines) {
      while (!this.printed.includes(line)) {
        if (late.aborted || over()) {
          throw new Error(`Not printed: ${line}\nPrinted:\n${this.printed}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  private async newPage(): Promise<Page> {
    const page = await (await this.browser()).newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return page;
  }

  /** Shows a part of a page on a page of the server's own, with a job that waits. */
  private async embed(text: string): Promise<void> {
    const server = `http://localhost:${this.ports.get('8000')}`;
    const headers = {'Content-Type': 'application/json'};
    const body = JSON.stringify({job_type: 'sample', external: true});
    const {id} = (await (await fetch(`${server}/jobs`, {method: 'POST', headers, body})).json()) as {id: string};
    const page = (this.page = await this.newPage());
    const html = `<!doctype html><title>Sample</title>${text.replace('job:…', `job:${id}`)}`;
    await page.route(`${server}/sample.html`, (route) => route.fulfill({contentType: 'text/html', body: html}));
    await page.goto(`${server}/sample.html`);
    await page.getByRole('progressbar').waitFor();
    await page.getByText('Waiting').first().waitFor();
  }

  private async browse(lines: string[]): Promise<void> {
    if (this.page === undefined) {
      this.page = await this.newPage();
      this.page.on('console', (message) => this.said.push(message.text()));
      await this.page.goto(this.address);
    }
    for (const line of lines) {
      const shown = this.page.getByText(line).first();
      await shown.waitFor().catch(async () => {
        const text = await this.page!.locator('body').innerText();
        throw new Error(`${this.address} does not show: ${line}\nIt shows:\n${text}\n${this.said.join('\n')}`);
      });
    }
  }

  /** Ends what still runs and removes the folder. */
  async end(): Promise<void> {
    await this.page?.close();
    for (const child of this.children) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null) {
        process.kill(-child.pid!, 'SIGKILL'); // with all that it has started
        await gone;
      }
    }
    await rm(this.folder, {recursive: true, force: true});
  }
}

/** Whether what a Java program is told to depend on is what this build makes. */
function dependsOnThisBuild(xml: string): void {
  const [, module] = /<artifactId>(.*)<\/artifactId>/.exec(xml)!;
  const [, version] = /<version>(.*)<\/version>/.exec(xml)!;
  const pom = readFileSync(`${ROOT}${module}/pom.xml`, 'utf8');
  const built = /<version>(.*)<\/version>/.exec(pom)![1]!.replace('-SNAPSHOT', '');
  if (version !== built) {
    throw new Error(`${module} ${version} is named, but ${built} is built`);
  }
}

let lastPort = 10_000 + ((process.pid * 61) % 20_000);

/** A free port, below those that systems give to outgoing connections: none of them takes it meanwhile. */
export async function freePort(): Promise<number> {
  do {
    lastPort = lastPort < 32_000 ? lastPort + 1 : 10_000;
  } while (!(await isFree(lastPort)));
  return lastPort;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
