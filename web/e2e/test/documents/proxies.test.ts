import {type ChildProcess, execFileSync, spawn, spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {request} from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import WebSocket from 'ws';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {AppServer} from '../server/app-server.js';
import {ROOT} from './blocks.js';
import {freePort} from './sample.js';

let server: AppServer;
let folder: string;
let port: number;
let proxy: ChildProcess;

beforeAll(async () => {
  server = await AppServer.start({HEADWAY_AUTH_ANONYMOUS: 'false', HEADWAY_HTTP_TRUSTED_PROXIES: '127.0.0.1'});
  folder = await mkdtemp(join(tmpdir(), 'headway-proxy-'));
  const certificate = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  execFileSync('openssl', ['req', ...certificate, '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')], {
    stdio: 'ignore',
  });
});
afterEach(async () => {
  const gone = new Promise((resolve) => proxy.once('exit', resolve));
  proxy.kill('SIGTERM');
  await gone;
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, {recursive: true, force: true});
});

/** A file of the documents with the test's ports, name and certificate instead of the reader's. */
async function adapted(name: string, changes: [string, string][]): Promise<string> {
  let text = readFileSync(`${ROOT}docs/proxy/${name}`, 'utf8');
  for (const [shown, actual] of [['127.0.0.1:8000', new URL(server.url).host] as [string, string], ...changes]) {
    expect(text).toContain(shown);
    text = text.replaceAll(shown, actual);
  }
  return text;
}

async function startNginx(): Promise<void> {
  port = await freePort();
  const site = await adapted('nginx.conf', [
    ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['headway.example;', 'localhost;'],
    ['/etc/ssl/headway.example.pem', `${folder}/cert.pem`],
    ['/etc/ssl/headway.example.key', `${folder}/key.pem`],
  ]);
  await writeFile(join(folder, 'site.conf'), site);
  const main = `daemon off; pid ${folder}/pid; error_log stderr; events {}\nhttp { access_log off; include ${folder}/site.conf; }`;
  await writeFile(join(folder, 'nginx.conf'), main);
  proxy = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {stdio: 'ignore'});
}

async function startCaddy(): Promise<void> {
  port = await freePort();
  const site = await adapted('Caddyfile', [
    ['headway.example {', `https://localhost:${port} {\n\ttls ${folder}/cert.pem ${folder}/key.pem`],
  ]);
  await writeFile(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`);
  const env = {...process.env, HOME: folder};
  proxy = spawn('caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], {stdio: 'ignore', env});
}

async function startHaproxy(): Promise<void> {
  port = await freePort();
  await writeFile(join(folder, 'both.pem'), readFileSync(join(folder, 'cert.pem'), 'utf8') + readFileSync(join(folder, 'key.pem'), 'utf8'));
  const site = await adapted('haproxy.cfg', [
    ['bind :443', `bind 127.0.0.1:${port}`],
    ['/etc/ssl/headway.example.pem', `${folder}/both.pem`],
  ]);
  await writeFile(join(folder, 'haproxy.cfg'), site);
  proxy = spawn('haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')], {stdio: 'ignore'});
}

/** Whether a program can be started here; HAProxy is not in every distribution. */
function installed(program: string): boolean {
  return spawnSync(program, ['-v'], {stdio: 'ignore'}).error === undefined;
}

/** The address of the test, which is not the proxy's own. */
const CLIENT = '127.0.0.2';
const FORGED = {'X-Forwarded-For': '198.51.100.1', Forwarded: 'for=198.51.100.1'};

/** A request through the proxy, whose certificate is the test's own. */
function call(method: string, path: string, body?: object, token?: string): Promise<{status: number; text: string}> {
  const headers = {'Content-Type': 'application/json', ...FORGED, ...(token && {Authorization: `Bearer ${token}`})};
  return new Promise((resolve, reject) => {
    const to = {host: 'localhost', family: 4, localAddress: CLIENT, port, path};
    const sent = request({...to, method, headers, rejectUnauthorized: false}, (answer) => {
      let text = '';
      answer.on('data', (data) => (text += data));
      answer.on('end', () => resolve({status: answer.statusCode!, text}));
    });
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}

async function ready(): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    const found = await call('GET', '/health').catch(() => undefined);
    if (found?.status === 200) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The proxy does not answer');
}

async function signedIn(name: string): Promise<string> {
  const password = 'correct horse';
  await fetch(`${server.url}/api/v1/auth/register`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({email: `${name}@example.org`, password}),
  }); // not through the proxy, where registration is closed
  const {text} = await call('POST', '/api/v1/auth/login', {username: `${name}@example.org`, password});
  return (JSON.parse(text) as {access_token: string}).access_token;
}

const PROXIES: [string, () => Promise<void>][] = [
  ['nginx', startNginx],
  ['caddy', startCaddy],
];
if (installed('haproxy')) {
  PROXIES.push(['haproxy', startHaproxy]);
}

describe.each(PROXIES)('docs/proxy, %s', (name, start) => {
  test('REST, WebSocket and Server-Sent Events come through, each event at once', async () => {
    await start();
    await ready();
    expect((await call('GET', '/api/v1/jobs')).status).toBe(401); // through a proxy nobody is anonymous
    const token = await signedIn(name);
    const {tokens} = JSON.parse((await call('GET', '/api/v1/auth/tokens', undefined, token)).text) as {
      tokens: {detail: string}[];
    };
    expect(tokens.map(({detail}) => detail)).toEqual([CLIENT]);
    const {text} = await call('POST', '/api/v1/jobs', {job_type: 'proxied', external: true}, token);
    const {id} = JSON.parse(text) as {id: string};

    const options = {rejectUnauthorized: false, origin: `https://localhost:${port}`};
    const socket = new WebSocket(`wss://localhost:${port}/progress/ws/${id}`, ['bearer', token], options);
    const frame = await new Promise((resolve, reject) => {
      socket.once('message', (data) => resolve(JSON.parse(String(data))));
      socket.once('error', reject);
    });
    expect(frame).toMatchObject({type: 'progress', job_id: id, status: 'queued'});

    const events = sse(`/api/v1/jobs/${id}/events`, token);
    expect(await events.next('snapshot')).toContain('queued');
    const ended = new Promise((resolve) => {
      socket.on('message', (data) => String(data).includes('cancelled') && resolve(true));
    });
    await call('POST', `/api/v1/jobs/${id}/cancel`, {}, token);
    expect(await events.next('cancelled')).toContain('cancelled');
    await ended;
    socket.close();
  });
});

/** The lines of a stream of events as they arrive. */
function sse(path: string, token: string) {
  let text = '';
  let wake = () => {};
  const headers = {Accept: 'text/event-stream', Authorization: `Bearer ${token}`};
  request({host: 'localhost', port, path, headers, rejectUnauthorized: false}, (answer) => {
    answer.on('data', (data) => ((text += data), wake()));
  }).end();
  return {
    async next(word: string): Promise<string> {
      while (!text.includes(word)) {
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return text;
    },
  };
}
