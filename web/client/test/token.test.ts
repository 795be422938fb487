import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {connect, type HeadwayClient, type JobSnapshot} from '../src/index.js';
import {TestServer} from './server/server.js';
import {PATIENCE_MS, Setting, until} from './server/setting.js';

let server: TestServer;
let setting: Setting;
let owner: HeadwayClient;
let users = 0;

beforeAll(async () => void (server = await TestServer.start({anonymous: false})));
afterAll(() => server.stop());
beforeEach(async () => {
  setting = new Setting(server);
  owner = setting.client();
  const email = `user${++users}@example.org`;
  await register(email);
  await owner.signIn(email, 'correct horse');
});
afterEach(() => setting.close());

async function register(email: string): Promise<void> {
  const answer = await fetch(`${server.url}/api/v1/auth/register`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({email, password: 'correct horse'}),
  });
  expect(answer.status).toBe(201);
}

const submit = () => owner.submit({job_type: 'guarded', external: true});
const bare = (token?: string) => connect({url: server.url, token});

describe('tokens', () => {
  test('signed in: the own job is shown, to others it does not exist', async () => {
    const job = await submit();
    const watch = owner.watch(job.watch.stream);
    await until(watch, () => watch.state !== undefined);
    expect((await owner.me()).email).toBe(`user${users}@example.org`);
    await expect(bare().job(job.id)).rejects.toMatchObject({status: 401});
  });

  test('short-lived watch token: renewed on the open connection before it ends', async () => {
    const job = await submit();
    const asked: string[] = [];
    const proxy = await setting.proxy();
    const client = setting.client({
      url: proxy.url,
      token: async (reason) => {
        asked.push(reason);
        return (await owner.watchToken([job.watch.stream], 6)).token;
      },
    });
    const watch = client.watch(job.watch.stream);
    await until(watch, () => watch.state !== undefined);
    const renewed = () => asked.filter((reason) => reason === 'renew').length;
    await expect.poll(renewed, {timeout: PATIENCE_MS}).toBeGreaterThan(1);
    await owner.cancel(job.id);
    expect((await watch.end()).status).toBe('cancelled');
    expect(asked).not.toContain('refused');
    expect(proxy.upgrades).toBe(1);
  });

  test('revoked: waits for another token, and goes on with it', async () => {
    const job = await submit();
    const email = `user${users}@example.org`;
    const other = setting.client();
    const token = await other.signIn(email, 'correct horse');
    const client = setting.client({token: token.access_token});
    const watch = client.watch(job.watch.stream);
    await until(watch, () => watch.state !== undefined);
    await fetch(`${server.url}/api/v1/auth/logout`, {
      method: 'POST',
      headers: {Authorization: `Bearer ${token.access_token}`},
    });
    await until(watch, () => watch.connection === 'refused');
    await owner.cancel(job.id);
    client.setToken((await setting.client().signIn(email, 'correct horse')).access_token);
    expect((await watch.end()) as JobSnapshot).toMatchObject({status: 'cancelled'});
  });

  test('no token where one is wanted: the end is refused with the reason', async () => {
    const job = await submit();
    for (const options of [{}, {WebSocket: null}]) {
      const stranger = setting.client(options);
      const end = stranger.watch(job.watch.stream).end();
      await expect(end).rejects.toMatchObject({status: 401, message: expect.stringContaining('http.allowed-origins')});
    }
  });

  test('refused token over HTTP: the supplier is asked for another', async () => {
    const job = await submit();
    const good = (await owner.watchToken([job.watch.stream])).token;
    const client = setting.client({
      WebSocket: null,
      token: (reason) => (reason === 'refused' ? good : 'no.such.token'),
    });
    const watch = client.watch(job.watch.stream);
    await until(watch, () => watch.state !== undefined);
    expect((watch.state as JobSnapshot).job_type).toBe('guarded');
  });
});
