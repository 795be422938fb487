import type {Browser} from 'playwright-core';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {AppServer} from './server/app-server.js';
import {launch, Visit} from './server/visit.js';

let browser: Browser;
let server: AppServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), AppServer.start()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const PAGES = ['/', '/schedules', '/schedules/new', '/schedule/1', '/comparison/1', '/characteristics', '/characteristics/new', '/characteristic/1', '/analyses', '/analysis/1', '/admin', '/job/x'];

test('all pages together weigh less than 140 kB as they are sent, and ask nobody else', async () => {
  const visit = await Visit.begin(browser, server.url);
  const sizes = new Map<string, Promise<number>>();
  const elsewhere: string[] = [];
  visit.page.on('response', (response) => {
    const url = new URL(response.url());
    if (url.origin !== server.url) {
      elsewhere.push(response.url());
    } else if (url.pathname === '/' || /\.(js|css|svg|html)$/.test(url.pathname)) {
      sizes.has(url.pathname) || sizes.set(url.pathname, response.request().sizes().then(({responseBodySize}) => responseBodySize));
    }
  });
  for (const path of PAGES) {
    await visit.go(path);
    await visit.page.getByRole('heading', {level: 1}).waitFor();
  }
  const total = (await Promise.all(sizes.values())).reduce((sum, one) => sum + one, 0);
  console.log(`${sizes.size} files, ${(total / 1024).toFixed(1)} kB`);
  expect(elsewhere).toEqual([]);
  expect(total).toBeLessThan(140 * 1024);
  await visit.end();
});

test('pages are sent with a strict policy, hashed files for ever, the index asked for anew', async () => {
  const page = await fetch(`${server.url}/schedule/12`, {headers: {Accept: 'text/html'}});
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())![1]!;
  const file = await fetch(server.url + script);
  expect(file.headers.get('cache-control')).toContain('immutable');
  expect(file.headers.get('content-type')).toContain('text/javascript');
  const tag = page.headers.get('etag')!;
  expect((await fetch(`${server.url}/`, {headers: {Accept: 'text/html', 'If-None-Match': tag}})).status).toBe(304);
});

test('the first content takes less than half a second of the processor', async () => {
  const visit = await Visit.begin(browser, server.url);
  const session = await visit.context.newCDPSession(visit.page);
  await session.send('Performance.enable', {timeDomain: 'threadTicks'}); // whatever else the machine does
  await visit.go('/');
  await visit.page.getByRole('heading', {level: 1}).waitFor();
  const {metrics} = await session.send('Performance.getMetrics');
  const seconds = metrics.find(({name}) => name === 'TaskDuration')!.value;
  console.log(`first content after ${Math.round(seconds * 1_000)} ms of the processor`);
  expect(seconds).toBeLessThan(0.5);
  await visit.end();
});
