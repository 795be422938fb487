import type {Browser} from 'playwright-core';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {FaultyProxy} from '../../client/test/server/proxy.js';
import {AppServer} from './server/app-server.js';
import {Rest} from './server/rest.js';
import {launch, Visit} from './server/visit.js';

let browser: Browser;
let server: AppServer;
let proxy: FaultyProxy;
let rest: Rest;
let visit: Visit;

beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), AppServer.start()]);
  rest = new Rest(server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  proxy = await FaultyProxy.before(Number(new URL(server.url).port));
  proxy.blockUpgrades = true;
  visit = await Visit.begin(browser, proxy.url);
  await visit.go('/');
});
afterEach(async () => {
  await visit.end();
  await proxy.close();
});

/** Until the page says that it is live, but over plain HTTP. */
async function degraded(): Promise<void> {
  await visit.page.locator('.link-state[data-state=degraded]').getByText('Live, over HTTP').waitFor();
}

/** Reports so much of a job, and sees it on the page. */
async function seen(name: string): Promise<void> {
  await rest.submit(name);
  const work = await rest.claim(name);
  for (const percent of [20, 70]) {
    await work.progress({progress: percent, message: `${percent} of ${name}`});
    await visit.page.getByText(`${percent} of ${name}`).first().waitFor();
  }
  await work.complete();
}

test('a network that lets no WebSocket through: the page says so, and is live all the same', async () => {
  await degraded();
  await seen('streamed');
  await visit.picture('degraded');
  await visit.accessible();
});

test('a proxy that holds streams back besides: what happens comes by long polls', async () => {
  proxy.buffering = true;
  await degraded();
  await seen('polled');
});

test('once WebSockets get through again, a new page is live as ever', async () => {
  await degraded();
  proxy.blockUpgrades = false;
  const again = await Visit.begin(browser, proxy.url);
  await again.go('/');
  await again.live();
  expect(proxy.upgrades).toBeGreaterThan(0);
  await again.end();
});
