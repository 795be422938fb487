import type {Browser} from 'playwright-core';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {AppServer} from './server/app-server.js';
import {lotsFor} from './server/lots.js';
import {Rest} from './server/rest.js';
import {launch, Visit} from './server/visit.js';

let browser: Browser;
let server: AppServer;
let visit: Visit;
let rest: Rest;

beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), AppServer.start()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  visit = await Visit.begin(browser, server.url, {height: 1_000});
  rest = new Rest(server.url);
});
afterEach(() => visit.end());

const ALL = ['given', 'smart-pack', 'spt-pack', 'lpt-pack', 'cfs-pack', 'best'];

test('a comparison is asked for, watched and read', async () => {
  await visit.go('/schedules/new?compare');
  await visit.page.getByRole('button', {name: 'Try an example'}).click();
  await visit.page.getByText('15 lots, nothing wrong.').waitFor();
  await visit.page.getByRole('textbox', {name: 'Name'}).fill('All rules of week 48');
  await visit.page.getByRole('button', {name: 'Compare', exact: true}).click();
  await visit.page.getByRole('heading', {name: 'All rules of week 48', level: 1}).waitFor();
  await visit.page.getByText(/Recommended: /).waitFor();
  await visit.page.getByRole('region', {name: 'Figures'}).getByRole('row').nth(5).waitFor();
  await visit.page.getByRole('heading', {name: 'Rules', exact: true}).waitFor();
  expect(await visit.page.locator('figure svg.gantt').count()).toBe(5);
});

test('shows the recommendation, bars for each figure and the plans over one calendar', async () => {
  const {id} = await rest.call('/api/v1/compare', {
    name: 'Week 48, all rules', strategies: ALL, lots_data: lotsFor(30), config: {lines: 2, time_limit_seconds: 1}, start_time: '2026-11-23T06:00:00Z',
  });
  await visit.go(`/comparison/${id}`);
  await visit.page.locator('figure svg.gantt').nth(5).waitFor();
  const widths = await visit.page.locator('figure svg.gantt').evaluateAll((all) => all.map((svg) => svg.clientWidth));
  expect(new Set(widths).size).toBe(1);
  expect(await visit.page.locator('.figures .best').count()).toBeGreaterThan(2);
  await visit.picture('comparison');
  const phone = await Visit.begin(browser, server.url, {phone: true, dark: true});
  await phone.go(`/comparison/${id}`);
  await phone.page.locator('figure svg.gantt').nth(5).waitFor();
  await phone.fitsTheWidth();
  await phone.picture('comparison-phone-dark');
  await phone.end();
});

test('a comparison that is under way shows the strategies as its steps, and goes on after the server was killed', async () => {
  const {id} = await rest.call('/api/v1/compare', {
    name: 'Long', strategies: ['spt-pack', 'best'], lots_data: lotsFor(150), config: {time_limit_seconds: 6},
  });
  await visit.go(`/comparison/${id}`);
  await visit.page.getByRole('list', {name: 'Steps'}).getByText('Best').waitFor();
  await server.kill();
  await visit.page.locator('.link-state[data-state=offline]').waitFor();
  await server.restart();
  await visit.page.getByText(/Recommended: /).waitFor();
});

test('one that nobody has says so', async () => {
  await visit.go('/comparison/4711');
  await visit.page.getByRole('heading', {name: 'There is no such comparison'}).waitFor();
});
