import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {ClientOptions, JobSnapshot, Watch} from '../src/index.js';
import type {FaultyProxy} from './server/proxy.js';
import {TestServer} from './server/server.js';
import {Setting, until} from './server/setting.js';

let server: TestServer;
let setting: Setting;

beforeAll(async () => void (server = await TestServer.start()));
afterAll(() => server.stop());
beforeEach(() => void (setting = new Setting(server)));
afterEach(() => setting.close());

const percent = (watch: Watch) => (watch.state as JobSnapshot | undefined)?.percent;

interface Scene {
  proxy: FaultyProxy;
  watch: Watch;
  messages: unknown[];
  work: Awaited<ReturnType<Setting['job']>>['work'];
  client: ReturnType<Setting['client']>;
}

/** A job watched through a proxy, with a first report seen. */
async function scene(options: ClientOptions = {}, change = (_: FaultyProxy) => {}): Promise<Scene> {
  const proxy = await setting.proxy();
  change(proxy);
  const {submitted, work} = await setting.job();
  const client = setting.client({url: proxy.url, ...options});
  const watch = client.watch(submitted.watch.stream);
  const messages: unknown[] = [];
  watch.onEvent(({type, data}) => type === 'progress' && messages.push(data['message']));
  await until(watch, () => watch.state !== undefined);
  work.progress({percent: 10, message: 'ten'});
  await until(watch, () => percent(watch) === 10);
  return {proxy, watch, messages, work, client};
}

/** Ends the job; what was missed and what follows arrive each once. */
async function finish({watch, messages, work}: Scene): Promise<void> {
  await work.complete({ok: true});
  expect(await watch.end()).toMatchObject({status: 'completed', result: {ok: true}});
  for (const message of ['ten', 'twenty', 'thirty']) {
    expect(messages.filter((seen) => seen === message)).toEqual([message]);
  }
}

async function report(work: Scene['work'], value: number, message: string): Promise<void> {
  work.progress({percent: value, message, step: message});
  await work.flush();
}

describe('recovery', () => {
  test('cut connection: resumed by the cursor, nothing missed, nothing twice', async () => {
    const at = await scene();
    at.proxy.goDown();
    await report(at.work, 20, 'twenty');
    await report(at.work, 30, 'thirty');
    at.proxy.comeBack();
    await until(at.watch, () => percent(at.watch) === 30);
    await finish(at);
  });

  test('stalled connection: found by the watchdog, verified by GET, resumed', async () => {
    const at = await scene({silenceMs: 1_000});
    at.proxy.stall();
    await report(at.work, 20, 'twenty');
    await until(at.watch, () => percent(at.watch) === 20);
    await report(at.work, 30, 'thirty');
    await until(at.watch, () => percent(at.watch) === 30);
    expect(at.proxy.upgrades).toBeGreaterThan(1);
    await finish(at);
  });

  test('server away: offline is said, then it is live again', async () => {
    const at = await scene();
    at.proxy.goDown();
    await until(at.watch, () => at.watch.connection === 'offline');
    await report(at.work, 20, 'twenty');
    await report(at.work, 30, 'thirty');
    at.proxy.comeBack();
    await until(at.watch, () => at.watch.connection === 'live');
    await finish(at);
  });

  test('killed server: the same watch goes on with the next one', async () => {
    const at = await scene();
    await server.kill();
    await until(at.watch, () => at.watch.connection !== 'live');
    await server.restart();
    await report(at.work, 20, 'twenty');
    await until(at.watch, () => percent(at.watch) === 20);
    await report(at.work, 30, 'thirty');
    await until(at.watch, () => percent(at.watch) === 30);
    await at.work.complete({ok: true});
    expect((await at.watch.end()).result).toEqual({ok: true});
  });

  test('end while away: it is seen on the return', async () => {
    const at = await scene();
    at.proxy.goDown();
    await at.work.complete('late');
    at.proxy.comeBack();
    expect((await at.watch.end()).result).toBe('late');
  });
});

describe('without WebSocket', () => {
  test('none in this runtime: Server-Sent Events', async () => {
    const at = await scene({WebSocket: null});
    expect(at.client.transport).toBe('http');
    await report(at.work, 20, 'twenty');
    at.proxy.cut();
    await report(at.work, 30, 'thirty');
    await until(at.watch, () => percent(at.watch) === 30);
    await finish(at);
  });

  test('blocked on the way: Server-Sent Events, and WebSocket again once it works', async () => {
    const at = await scene({httpMs: 500}, (proxy) => (proxy.blockUpgrades = true));
    expect(at.client.transport).toBe('http');
    at.proxy.blockUpgrades = false;
    await report(at.work, 20, 'twenty');
    await until(at.watch, () => percent(at.watch) === 20);
    while (at.client.transport === 'http') {
      await new Promise<void>((resolve) => setTimeout(resolve, 50));
    }
    await report(at.work, 30, 'thirty');
    await until(at.watch, () => percent(at.watch) === 30);
    await finish(at);
  });

  test('buffered on the way: long polls', async () => {
    const at = await scene({WebSocket: null}, (proxy) => (proxy.buffering = true));
    await report(at.work, 20, 'twenty');
    await report(at.work, 30, 'thirty');
    await until(at.watch, () => percent(at.watch) === 30);
    await finish(at);
  });

  test('unknown topic: refused all the same', async () => {
    const client = setting.client({WebSocket: null});
    const watch = client.watch('job:00000000-0000-7000-8000-000000000000');
    await expect(watch.end()).rejects.toMatchObject({status: 404});
  });
});
