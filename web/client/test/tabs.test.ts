import type {Browser, BrowserContext, Page} from 'playwright-core';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {launchChromium} from './server/chromium.js';
import type {FaultyProxy} from './server/proxy.js';
import {TestServer} from './server/server.js';
import {PATIENCE_MS, Setting} from './server/setting.js';

let server: TestServer;
let browser: Browser;
let setting: Setting;
let proxy: FaultyProxy;
let context: BrowserContext;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  setting = new Setting(server);
  proxy = await setting.proxy();
  context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE_MS);
});
afterEach(async () => {
  await context.close();
  await setting.close();
});

interface Tab {
  page?: 'script' | 'modules' | 'no-workers';
  topic: string;
  token?: string;
  share?: 'no';
  logs?: 'yes';
}

/** A tab of the one browser, reached through the proxy. */
async function open({page = 'script', ...query}: Tab): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(`${proxy.url}/pages/${page}.html?${new URLSearchParams(query)}`);
  return tab;
}

/** Waits until the tab shows this. */
const shows = (tab: Page, text: string) => tab.locator('p', {hasText: text}).waitFor();

for (const page of ['script', 'modules'] as const) {
  test(`${page}: two tabs share one connection, which outlives either of them`, async () => {
    const {submitted, work} = await setting.job();
    const topic = submitted.watch.stream;
    work.progress({percent: 10, message: 'ten'});
    const first = await open({topic, page});
    await shows(first, 'live websocket 10 ten');
    const second = await open({topic, page});
    await shows(second, 'live websocket 10 ten');
    await first.close();
    work.progress({percent: 20, message: 'twenty'});
    await shows(second, 'live websocket 20 twenty');
    const third = await open({topic, page});
    await shows(third, 'live websocket 20 twenty');
    await second.close();
    await work.complete();
    await shows(third, 'completed');
    expect(proxy.upgrades).toBe(1);
  });
}

describe('a shared connection', () => {
  test('is closed with the last tab', async () => {
    const {submitted} = await setting.job();
    const tab = await open({topic: submitted.watch.stream});
    await shows(tab, 'live');
    expect(proxy.sockets).toBe(1);
    const gone = proxy.nextClose();
    await tab.close();
    await gone;
    expect(proxy.sockets).toBe(0);
  });

  test('is resumed for all tabs, without a hole or a repetition', async () => {
    const {submitted, work} = await setting.job();
    const topic = submitted.watch.stream;
    const tabs = [await open({topic}), await open({topic})];
    await Promise.all(tabs.map((tab) => shows(tab, 'live')));
    proxy.goDown();
    await Promise.all(tabs.map((tab) => shows(tab, 'offline')));
    for (const percent of [30, 60]) {
      work.progress({percent, message: `at ${percent}`, step: `step ${percent}`});
      await work.flush();
    }
    proxy.comeBack();
    await work.complete();
    for (const tab of tabs) {
      await shows(tab, 'completed');
      const seen = (await tab.evaluate('seen')) as string[];
      expect(seen.filter((message) => message.startsWith('progress'))).toEqual([
        'progress at 30',
        'progress at 60',
      ]);
    }
  });

  test('brings the log only to the tab that asks for it', async () => {
    const {submitted, work} = await setting.job();
    const topic = submitted.watch.stream;
    const plain = await open({topic});
    await shows(plain, 'live');
    const logging = await open({topic, logs: 'yes'});
    await shows(logging, 'live');
    work.log('a line');
    await work.flush();
    await work.complete();
    await Promise.all([plain, logging].map((tab) => shows(tab, 'completed')));
    const logs = (tab: Page) => tab.evaluate(`seen.filter((text) => text.startsWith('log')).length`);
    expect(await logs(logging)).toBe(1);
    expect(await logs(plain)).toBe(0);
    expect(proxy.upgrades).toBe(1);
  });

  test('unknown topic: refused in the tab that asked', async () => {
    const {submitted} = await setting.job();
    const good = await open({topic: submitted.watch.stream});
    await shows(good, 'live');
    const bad = await open({topic: 'job:00000000-0000-7000-8000-000000000000'});
    await shows(bad, 'refused');
    await shows(good, 'live');
  });
});

describe('tabs of two users', () => {
  test('have a connection each, and do not see each other’s work', async () => {
    const [ada, bob] = [await user('ada'), await user('bob')];
    const topic = (await ada.client.submit({job_type: 'secret', external: true})).watch.stream;
    const own = await open({topic, token: ada.token});
    await shows(own, 'live websocket 0');
    const others = await open({topic, token: bob.token});
    await shows(others, 'refused');
    expect(proxy.upgrades).toBe(2);
  });

  test('one user with two tokens: one connection, which outlives the first token', async () => {
    const eve = await user('eve');
    const topic = (await eve.client.submit({job_type: 'secret', external: true})).watch.stream;
    const first = await open({topic, token: eve.token});
    await shows(first, 'live websocket 0');
    const second = await open({topic, token: (await eve.client.signIn(...eve.login)).access_token});
    await shows(second, 'live websocket 0');
    expect(proxy.upgrades).toBe(1);
    await fetch(`${server.url}/api/v1/auth/logout`, {
      method: 'POST',
      headers: {Authorization: `Bearer ${eve.token}`},
    });
    await eve.client.cancel(topic);
    await shows(second, 'cancelled');
    await shows(first, 'cancelled');
  });
});

/** A new user, signed in. */
async function user(name: string) {
  const login: [string, string] = [`${name}@example.org`, 'correct horse'];
  const body = JSON.stringify({email: login[0], password: login[1]});
  const headers = {'Content-Type': 'application/json'};
  await fetch(`${server.url}/api/v1/auth/register`, {method: 'POST', headers, body});
  const client = setting.client();
  return {client, login, token: (await client.signIn(...login)).access_token};
}

describe('a tab that cannot share', () => {
  test('has no shared workers: it has a connection of its own', async () => {
    const {submitted, work} = await setting.job();
    await context.addInitScript('delete globalThis.SharedWorker');
    const tabs = [await open({topic: submitted.watch.stream}), await open({topic: submitted.watch.stream})];
    work.progress({percent: 50, message: 'half'});
    await Promise.all(tabs.map((tab) => shows(tab, 'live websocket 50 half')));
    expect(proxy.upgrades).toBe(2);
  });

  test('is forbidden to start one: it has a connection of its own', async () => {
    const {submitted, work} = await setting.job();
    const tab = await open({topic: submitted.watch.stream, page: 'no-workers'});
    work.progress({percent: 50, message: 'half'});
    await shows(tab, 'live websocket 50 half');
  });

  test('loses the worker: it goes on by itself, from where it was', async () => {
    const {submitted, work} = await setting.job();
    const tab = await open({topic: submitted.watch.stream});
    work.progress({percent: 50, message: 'half'});
    await shows(tab, 'live websocket 50 half');
    const session = await browser.newBrowserCDPSession();
    const {targetInfos} = await session.send('Target.getTargets');
    const worker = targetInfos.find(({type}) => type === 'shared_worker')!;
    await session.send('Target.closeTarget', {targetId: worker.targetId});
    work.progress({percent: 60, message: 'more'});
    await shows(tab, 'live websocket 60 more');
    expect(proxy.upgrades).toBe(2);
  });
});

describe('a connection of the tab’s own', () => {
  /** A tab that is cut off and would not try again for ever: its clock stands still. */
  async function cutOff(): Promise<Page> {
    const {submitted} = await setting.job();
    const tab = await open({topic: submitted.watch.stream, share: 'no'});
    await shows(tab, 'live');
    await tab.clock.install();
    await tab.clock.pauseAt(Date.now() + 60_000);
    proxy.goDown();
    await shows(tab, 'resuming');
    proxy.comeBack();
    return tab;
  }

  test('network is back (online): it tries at once', async () => {
    const tab = await cutOff();
    await context.setOffline(true);
    await context.setOffline(false);
    await shows(tab, 'live');
  });

  test('page is seen again (visibilitychange): it tries at once', async () => {
    const tab = await cutOff();
    await tab.evaluate(seen, 'hidden');
    await shows(tab, 'resuming');
    await tab.evaluate(seen, 'visible');
    await shows(tab, 'live');
  });
});

/** What a browser does when another tab is put before this one; without a screen it never happens. */
function seen(state: string): void {
  Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});
  document.dispatchEvent(new Event('visibilitychange'));
}
