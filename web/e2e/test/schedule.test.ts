import {readFile} from 'node:fs/promises';
import type {Browser, Download} from 'playwright-core';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {AppServer} from './server/app-server.js';
import {lotsFor} from './server/lots.js';
import {Rest} from './server/rest.js';
import {launch, Visit} from './server/visit.js';

let browser: Browser;
let server: AppServer;
let visit: Visit;
let rest: Rest;
let count = 0;

beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), AppServer.start()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  visit = await Visit.begin(browser, server.url, {height: 900});
  await visit.register(`planner${++count}@example.org`, 'a long password');
  rest = new Rest(server.url, await visit.token());
});
afterEach(() => visit.end());

const GOOD = 'Lot ID,Type,Vials\nHEP-01,Heparin 5 mL,612000\nINS-01,Insulin R 10 mL,884000\nHEP-02,Heparin 5 mL,348000\nTET-01,Tetanus,402000\n';
const BAD = 'Lot ID,Type,Vials,Customer\nA-1,Heparin,612000,X\nA-2,,348000,Y\nA-1,Insulin,-5,Z\nA-4,Insulin,9999999,Z\n,Insulin,50x,Z\n';

function csv(name: string, text: string): {name: string; mimeType: string; buffer: Buffer} {
  return {name, mimeType: 'text/csv', buffer: Buffer.from(text)};
}

/** Plans by REST and opens the page; answers the schedule's number. */
async function planned(lots: object[], more: object = {}): Promise<number> {
  const {id} = await rest.call('/api/v1/schedule', {name: 'Week 48', strategy: 'lpt-pack', lots_data: lots, ...more});
  await visit.go(`/schedule/${id}`);
  return id as number;
}

describe('a new schedule', () => {
  test('shows what is wrong by row, then plans live and shows the plan', async () => {
    await visit.go('/schedules/new');
    await visit.page.getByText('Every heuristic, then local search').waitFor();
    await visit.picture('new-empty');
    await visit.page.getByLabel('CSV of lots').setInputFiles(csv('Week 48.csv', BAD));
    await visit.page.getByText('6 things are wrong.').waitFor();
    await visit.page.getByText("Lot ID 'A-1' is already used in row 2.").waitFor();
    expect(await visit.page.getByRole('button', {name: 'Plan the schedule'}).isDisabled()).toBe(true);
    await visit.picture('new-errors');
    await visit.accessible();
    await visit.page.getByLabel('CSV of lots').setInputFiles(csv('Week 48.csv', GOOD));
    await visit.page.getByText('4 lots, nothing wrong.').waitFor();
    await visit.page.getByText('Every heuristic, then local search').click();
    await visit.picture('new-schedule');
    await visit.accessible();
    await visit.page.getByRole('button', {name: 'Plan the schedule'}).click();
    await visit.page.getByRole('heading', {name: 'Week 48', level: 1}).waitFor();
    await visit.page.getByText('Proved: no schedule of these lots is shorter.').waitFor();
    expect(await visit.page.locator('.mark').count()).toBeGreaterThan(6);
  });

  test('takes a file that is dropped, and says what is wrong with a setting at the setting', async () => {
    await visit.go('/schedules/new');
    const data = await visit.page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.csv', {type: 'text/csv'}));
      return transfer;
    }, GOOD);
    await visit.page.locator('.drop').dispatchEvent('drop', {dataTransfer: data});
    await visit.page.getByText('4 lots, nothing wrong.').waitFor();
    await visit.page.getByText('Settings').click();
    await visit.page.getByLabel('Lines').fill('0');
    await visit.page.locator('.wrong').filter({hasText: /line/i}).first().waitFor();
    await visit.page.getByLabel('Lines').fill('2');
    await visit.page.getByText('4 lots, nothing wrong.').waitFor();
  });
});

describe('the page of a schedule', () => {
  test('the chart is read by keyboard, zoomed, saved and printed', async () => {
    await planned(lotsFor(24), {strategy: 'best', config: {lines: 2, time_limit_seconds: 1}, start_time: '2026-11-23T06:00:00Z'});
    const marks = visit.page.locator('.mark');
    await marks.first().waitFor();
    await visit.page.evaluate(() => document.querySelector<SVGGElement>('.mark[tabindex="0"]')!.focus());
    await visit.page.keyboard.press('ArrowRight');
    expect(await visit.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Lot /);
    await visit.page.locator('.tip').waitFor();
    await visit.picture('schedule');
    await visit.accessible();
    const before = await visit.page.locator('svg.gantt').evaluate((svg) => svg.clientWidth);
    await visit.page.keyboard.press('+');
    await expect.poll(() => visit.page.locator('svg.gantt').evaluate((svg) => svg.clientWidth)).toBeGreaterThan(1.3 * before);
    await visit.page.getByRole('button', {name: 'Show all'}).click();
    await visit.page.getByRole('button', {name: 'By block'}).click();
    await visit.picture('schedule-blocks');
    await visit.accessible();
    const svg = await saved('Drawing (SVG)', 'Save the chart');
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toContain('var(--');
    expect((await savedBytes('Picture (PNG)', 'Save the chart')).subarray(1, 4).toString()).toBe('PNG');
    expect(await saved('Table (CSV)', 'Save')).toMatch(/start/);
    await visit.page.emulateMedia({media: 'print'});
    await visit.picture('schedule-print');
    await visit.page.emulateMedia({media: 'screen'});
  });

  test('lots are moved by mouse, finger and keyboard, with what that breaks and costs, and taken back', async () => {
    const lots = ['A', 'B', 'C', 'D'].map((id) => ({lot_id: id, lot_type: 'Saline', vials: 597_600, lines: id === 'A' ? ['Line 1'] : ['Line 1', 'Line 2']}));
    await planned(lots, {strategy: 'given', config: {lines: 2}, start_time: '2026-11-23T06:00:00Z'});
    const lot = (id: string) => visit.page.locator(`[data-lot="${id}"]`);
    const track = (id: string) => lot(id).getAttribute('data-track');
    await visit.page.getByRole('button', {name: 'Move lots…'}).click();
    const panel = visit.page.getByRole('region', {name: 'Moving lots'});
    await panel.getByText('Nothing is moved yet.').waitFor();
    const home = await track('A');
    const away = home === '0' ? '1' : '0';
    const from = (await lot('A').boundingBox())!;
    const other = (await visit.page.locator(`.mark[data-track="${away}"]`).last().boundingBox())!;
    await visit.page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await visit.page.mouse.down();
    await visit.page.mouse.move(other.x + other.width - 4, other.y + other.height / 2, {steps: 5});
    await visit.page.locator('.drop-hint').getByText('A after').waitFor();
    await visit.page.mouse.up();
    await panel.getByText("The lot 'A' may only run on Line 1.").waitFor();
    expect(await track('A')).toBe(away);
    await lot('A').and(visit.page.locator('.broken')).waitFor();
    await visit.picture('schedule-moving');
    await visit.accessible();
    await panel.getByRole('button', {name: 'Undo'}).click();
    await panel.getByText('Nothing is moved yet.').waitFor();
    await panel.getByRole('button', {name: 'Redo'}).click();
    await panel.getByText('1 rule broken').waitFor();
    await panel.getByRole('button', {name: 'Start over'}).click();
    await expect.poll(() => track('A')).toBe(home);
    await panel.getByText('Nothing is moved yet.').waitFor();
    const touched = (await lot('A').boundingBox())!;
    const free = (await visit.page.locator(`.mark[data-track="${away}"]`).last().boundingBox())!;
    await visit.swipe({x: touched.x + touched.width / 2, y: touched.y + touched.height / 2}, {x: free.x + free.width - 4, y: free.y + free.height / 2});
    await panel.getByText("The lot 'A' may only run on Line 1.").waitFor();
    expect(await track('A')).toBe(away);
    await panel.getByRole('button', {name: 'Start over'}).click();
    await expect.poll(() => track('A')).toBe(home);
    await lot('A').focus();
    await visit.page.keyboard.press('Shift+ArrowRight');
    await panel.getByText('every rule is kept').waitFor();
    await expect.poll(() => visit.page.evaluate(() => document.activeElement?.getAttribute('data-lot'))).toBe('A');
    await visit.page.keyboard.press('c');
    await panel.getByText(/with a clean/).waitFor();
    await visit.page.setViewportSize({width: 390, height: 844});
    await visit.fitsTheWidth();
    await visit.picture('schedule-moving-phone');
  });

  test('a moved plan is saved, approved and published, and shown on the wall', async () => {
    const lots = ['A', 'B'].map((id) => ({lot_id: id, lot_type: 'Saline', vials: 996_000}));
    const begun = new Date(Date.now() - 26 * 3_600_000).toISOString();
    const id = await planned(lots, {strategy: 'given', start_time: begun});
    await visit.page.getByRole('button', {name: 'Move lots…'}).click();
    await visit.page.locator('[data-lot="A"]').focus();
    await visit.page.keyboard.press('Shift+ArrowRight');
    await visit.page.getByText('every rule is kept').waitFor();
    await visit.page.getByLabel('Why').fill('B is urgent');
    await visit.page.getByRole('button', {name: 'Save as a version'}).click();
    const versions = visit.page.getByRole('region', {name: 'Versions'});
    await versions.getByText('B is urgent').waitFor();
    await versions.getByRole('button', {name: 'Approve'}).click();
    await versions.getByRole('button', {name: 'Publish'}).click();
    await versions.getByText('published', {exact: true}).waitFor();
    await versions.getByRole('button', {name: 'Difference'}).click();
    await versions.getByRole('row', {name: /^A/}).waitFor();
    await visit.picture('schedule-versions');
    await visit.accessible();
    await visit.page.setViewportSize({width: 390, height: 844});
    await visit.fitsTheWidth();
    await visit.picture('schedule-versions-phone');
    await visit.page.setViewportSize({width: 1280, height: 900});
    await visit.go(`/schedule/${id}/wall`);
    await visit.page.getByRole('region', {name: 'Line 1'}).getByText('B · Saline').waitFor();
    await visit.page.getByText('Version 1').waitFor();
    await visit.picture('schedule-wall');
    await visit.accessible();
  });

  test('five hundred lots are zoomed and moved without drawing any of them again', async () => {
    await planned(lotsFor(500), {config: {lines: 4}});
    await visit.page.locator('.mark').nth(900).waitFor({state: 'attached'});
    const {redrawn, slowest} = await visit.page.evaluate(async () => {
      const changes: MutationRecord[] = [];
      const watching = new MutationObserver((seen) => changes.push(...seen));
      watching.observe(document.querySelector('svg.gantt')!, {subtree: true, childList: true, attributes: true});
      const button = document.querySelector<HTMLButtonElement>('[aria-label="Zoom in"]')!;
      const box = document.querySelector('.chart-scroll')!;
      let slowest = 0;
      for (let step = 0; step < 24; step++) {
        const begun = performance.now();
        step % 2 === 0 ? button.click() : (box.scrollLeft += 700);
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
        slowest = Math.max(slowest, performance.now() - begun);
      }
      const marks = changes.filter(({target}) => (target as Element).closest?.('.mark'));
      return {redrawn: marks.length, slowest};
    });
    console.log(`500 lots: the slowest of 24 steps of zooming and moving took ${Math.round(slowest)} ms`);
    expect(redrawn).toBe(0);
    await visit.picture('schedule-500-near');
    await visit.page.getByRole('button', {name: 'Show all'}).click();
    await visit.picture('schedule-500');
    await visit.fitsTheWidth();
  });

  test('a server that is killed while it plans goes on, and the page with it', async () => {
    const id = await planned(lotsFor(120), {strategy: 'best', config: {time_limit_seconds: 6}});
    await visit.page.getByRole('region', {name: 'Progress'}).getByText(/found|placed/).first().waitFor();
    await visit.picture('schedule-planning');
    await visit.accessible();
    await visit.page.evaluate(() => Object.assign(window, {sameDocument: true}));
    await server.kill();
    await visit.page.locator('.link-state[data-state=offline]').waitFor();
    await server.restart();
    await visit.page.locator('.mark').first().waitFor();
    expect(await visit.page.evaluate(() => 'sameDocument' in window)).toBe(true);
    expect((await rest.call(`/api/v1/schedule/${id}`))['status']).toBe('completed');
  });

  test('what could not be loaded is loaded once the server is back', async () => {
    const id = await planned(lotsFor(3));
    await visit.page.locator('.mark').first().waitFor();
    await visit.page.route(`**/api/v1/schedule/${id}`, (route) => route.abort());
    await visit.page.reload();
    await visit.page.getByRole('alert').getByText('cannot be reached').waitFor();
    await visit.page.unroute(`**/api/v1/schedule/${id}`);
    await server.kill();
    await visit.page.locator('.link-state[data-state=offline]').waitFor();
    await server.restart();
    await visit.page.locator('.mark').first().waitFor();
  });

  test('planning is stopped with what has been found', async () => {
    await planned(lotsFor(200), {strategy: 'best', config: {time_limit_seconds: 60}});
    await visit.page.getByText(/h found/).first().waitFor();
    await visit.page.getByRole('button', {name: 'Stop and keep the best so far'}).click();
    await visit.page.getByText('the best that had been found when it was stopped').waitFor();
    await visit.page.locator('.mark').first().waitFor();
  });

  test('somebody else finds nothing at its address', async () => {
    const id = await planned(lotsFor(3));
    await visit.page.locator('.mark').first().waitFor();
    const other = await Visit.begin(browser, server.url);
    await other.register(`stranger${count}@example.org`, 'a long password');
    await other.go(`/schedule/${id}`);
    await other.page.getByRole('heading', {name: 'There is no such schedule'}).waitFor();
    await other.go('/schedules');
    await other.page.getByRole('heading', {name: 'No schedule yet'}).waitFor();
    await other.picture('schedules-empty');
    await other.end();
  });

  test('fits a phone, in the dark', async () => {
    const token = await visit.token();
    const id = await planned(lotsFor(24), {name: 'Woche 48, Linie 2: Qualifizierung und Routine', config: {lines: 2}, start_time: '2026-11-23T06:00:00Z'});
    const phone = await Visit.begin(browser, server.url, {phone: true, dark: true});
    await phone.context.addInitScript((kept) => localStorage.setItem('headway.token', kept), token);
    await phone.go(`/schedule/${id}`);
    await phone.page.locator('.mark').first().waitFor();
    await phone.fitsTheWidth();
    await phone.picture('schedule-phone-dark');
    await phone.accessible();
    await phone.go('/schedules');
    await phone.page.getByRole('link', {name: /Woche 48/}).waitFor();
    await phone.fitsTheWidth();
    await phone.end();
  });
});

test('the list of schedules follows what is planned meanwhile', async () => {
  await visit.go('/schedules');
  await visit.page.getByRole('heading', {name: 'No schedule yet'}).waitFor();
  await rest.call('/api/v1/schedule', {name: 'From a program', strategy: 'spt-pack', lots_data: lotsFor(12)});
  await visit.page.getByRole('link', {name: 'From a program'}).waitFor();
  await visit.page.getByRole('row', {name: /From a program/}).getByText('Completed').waitFor();
  await rest.call('/api/v1/schedule', {name: 'Optimum', strategy: 'milp-opt', lots_data: lotsFor(8), config: {time_limit_seconds: 20}});
  await visit.page.getByRole('row', {name: /Optimum/}).getByText('Completed').waitFor();
  await visit.picture('schedules');
  await visit.page.getByRole('searchbox', {name: 'Search schedules'}).fill('optim');
  await visit.page.getByRole('link', {name: 'From a program'}).waitFor({state: 'detached'});
});

/** What the browser saves when an entry of a menu is chosen. */
async function savedBytes(entry: string, menu: string): Promise<Buffer> {
  await visit.page.getByRole('button', {name: menu, exact: true}).click();
  const [download] = await Promise.all([visit.page.waitForEvent('download'), visit.page.getByRole('button', {name: entry}).click()]);
  return readFile(await (download as Download).path());
}

async function saved(entry: string, menu: string): Promise<string> {
  return (await savedBytes(entry, menu)).toString('utf8');
}
