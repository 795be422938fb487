import type {Browser} from 'playwright-core';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {AppServer} from './server/app-server.js';
import {Rest} from './server/rest.js';
import {launch, Visit} from './server/visit.js';

let browser: Browser;
let server: AppServer;
let visit: Visit;
let rest: Rest;
let minute = 0;

beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), AppServer.start()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  visit = await Visit.begin(browser, server.url, {height: 960});
  rest = new Rest(server.url);
});
afterEach(() => visit.end());

const MEAN = 5.02;
const SIGMA = 0.03;

let state = 4_711;
const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;

/** Deviations as a process under control has them, the same every time. */
function deviations(amount: number): number[] {
  return Array.from({length: amount}, () => Array.from({length: 6}, next).reduce((sum, one) => sum + one, -3) * 1.4);
}

/** Five measurements about a mean that is exactly this, whose range is within its limits. */
function subgroup(mean: number): number[] {
  const inner = deviations(5);
  const middle = inner.reduce((sum, one) => sum + one, 0) / 5;
  return inner.map((one) => Number((mean + 0.8 * (one - middle) * SIGMA).toFixed(4)));
}

/** Samples of five whose means lie so many of their sigmas from the centre. */
function samples(characteristic: number, places: number[]): object[] {
  return places.map((z, at) => ({
    characteristic_id: characteristic,
    timestamp: new Date(Date.UTC(2026, 10, 20, 6) + ++minute * 900_000).toISOString(),
    batch_number: `B-${1 + Math.floor(at / 20)}`,
    measurements: subgroup(MEAN + (z / Math.sqrt(5)) * SIGMA),
  }));
}

async function take(characteristic: number, places: number[]): Promise<void> {
  await rest.call('/api/v1/samples/batch?synchronous=true', {samples: samples(characteristic, places)});
}

/** Sides of the centre line on which means lie in turn, so that forty of them are no pattern: history is judged, too. */
const SIDES = [1, -1, -1, 1, -1];

/** A characteristic with limits, forty samples under control, and the Western Electric rules. */
async function characteristic(name: string): Promise<number> {
  const {id} = await rest.call('/api/v1/characteristics', {
    name, description: 'Grams a vial, five vials every quarter of an hour', subgroup_size: 5, usl: 5.15, lsl: 4.89, target_value: 5.02,
  });
  await take(id, deviations(40).map((z, at) => 0.6 * Math.abs(z) * SIDES[at % SIDES.length]!));
  await rest.call(`/api/v1/characteristics/${id}/limits`, {lcl: MEAN - 0.04, center_line: MEAN, ucl: MEAN + 0.04}, 'PUT');
  await rest.call(`/api/v1/characteristics/${id}/rules`, {preset: 'western_electric'}, 'PUT');
  return id as number;
}

test('with nothing to show, the page says how characteristics come', async () => {
  await visit.go('/characteristics');
  await visit.page.getByRole('heading', {name: 'No characteristic yet'}).waitFor();
});

describe('a new characteristic', () => {
  const field = (name: string) => visit.page.getByLabel(name);

  test('is made by a form that says what is wrong at each field, and watched at once', async () => {
    await visit.go('/characteristics');
    await visit.page.getByRole('link', {name: 'Make the first'}).click();
    await visit.page.getByRole('button', {name: 'Make the characteristic'}).click();
    await visit.page.getByText('1 thing is wrong').waitFor();
    expect(await visit.page.evaluate(() => document.activeElement?.id)).toBe('name');
    await field('Name').fill('Fill volume, station 7');
    await field('Chart').selectOption('individuals');
    await field('Measurements a sample').fill('3');
    await field('Lower specification limit').fill('5');
    await field('Upper specification limit').fill('4');
    await visit.page.getByRole('button', {name: 'Make the characteristic'}).click();
    await visit.page.getByText('2 things are wrong').waitFor();
    await visit.picture('characteristic-errors');
    await visit.accessible();
    await field('Chart').selectOption('xbar_r');
    await field('Upper specification limit').fill('5,6');
    await visit.page.getByRole('button', {name: 'By hand'}).click();
    await field('Lower control limit').fill('5.5');
    await field('Centre line').fill('5.3');
    await visit.page.getByRole('button', {name: 'Make the characteristic'}).click();
    await visit.page.getByText('its limits have not been set').waitFor();
    await field('Lower control limit').fill('5.1');
    await field('Upper control limit').fill('5.5');
    await visit.page.getByRole('button', {name: 'Make the characteristic'}).click();
    await visit.page.getByRole('heading', {name: 'Fill volume, station 7', level: 1}).waitFor();
    await visit.page.getByRole('heading', {name: 'No samples yet'}).waitFor();
    await visit.picture('characteristic-empty');
    await visit.accessible();
  });

  test('takes samples by hand, which are judged and shown', async () => {
    const {id} = await rest.call('/api/v1/characteristics', {name: 'Torque', subgroup_size: 2});
    await rest.call(`/api/v1/characteristics/${id}/limits`, {lcl: 9, center_line: 10, ucl: 11}, 'PUT');
    await visit.go(`/characteristic/${id}`);
    await field('Measurement 1').fill('10,1');
    await visit.page.getByRole('button', {name: 'Add', exact: true}).click();
    await visit.page.getByText('1 measurement, but the subgroup size is 2').waitFor();
    await field('Measurement 2').fill('x');
    await visit.page.getByRole('button', {name: 'Add', exact: true}).click();
    await visit.page.locator('[aria-invalid=true]').waitFor();
    await field('Measurement 2').fill('9.7');
    await visit.page.keyboard.press('Enter');
    await visit.page.getByText(/^9.9\d* was taken: zone C, lower/).waitFor();
    await visit.page.locator('.plot canvas').first().waitFor();
    expect(await visit.page.evaluate(() => document.activeElement?.id)).toBe('measurement-0');
    await visit.accessible();
  });

  test('whoever has signed in without the role is offered no form where nobody is served without an account', async () => {
    const closed = await AppServer.start({HEADWAY_AUTH_ANONYMOUS: 'false', HEADWAY_AUTH_REGISTRATION: 'open'});
    const operator = await Visit.begin(browser, closed.url);
    await operator.register('operator@example.org', 'a long password');
    await operator.go('/characteristics');
    await operator.page.getByRole('heading', {name: 'Process control'}).waitFor();
    await operator.live();
    expect(await operator.page.getByRole('link', {name: 'New characteristic'}).count()).toBe(0);
    await operator.end();
    await closed.stop();
  });
});

describe('a control chart', () => {
  test('shows a violation the moment it is signalled, and takes the answer in its place', async () => {
    const id = await characteristic('Fill weight, line 2');
    await visit.go(`/characteristic/${id}`);
    await visit.page.getByText('Under control').waitFor();
    await take(id, [0.3, 4.2, 0.2]);
    await visit.page.getByText('1 open violation').first().waitFor();
    const entry = visit.page.locator('.violation').first();
    await entry.getByText('One point beyond 3 sigma').click();
    await visit.picture('control-chart');
    await visit.accessible();
    await entry.getByRole('button', {name: /^Acknowledge/}).click();
    await entry.getByLabel('What was the reason').fill('Nozzle 3 was blocked; cleaned');
    await visit.page.keyboard.press('Enter');
    await entry.getByText('Nozzle 3 was blocked; cleaned').waitFor();
    await visit.page.getByText('none open').waitFor();
    await visit.page.getByText('Under control').waitFor();
  });

  test('is seen alike by two people: what one acknowledges, the other sees answered', async () => {
    const id = await characteristic('Stopper height');
    await take(id, [-4.5]);
    const other = await Visit.begin(browser, server.url);
    await visit.register('ada@example.org', 'a long password');
    await Promise.all([visit, other].map((one) => one.go(`/characteristic/${id}`)));
    await visit.page.getByRole('button', {name: /^Acknowledge/}).click();
    await other.page.getByRole('button', {name: /^Acknowledge/}).waitFor();
    await visit.page.getByLabel('What was the reason').fill('Gauge was reset');
    await visit.page.getByRole('button', {name: 'Acknowledge', exact: true}).click();
    await other.page.locator('.violation').getByText('ada@example.org').waitFor();
    await other.page.getByText('Gauge was reset').waitFor();
    await other.end();
  });

  test('explains a violation by its numbers, shows the past and how the process fits its specification', async () => {
    const id = await characteristic('Crimp height');
    await take(id, [4.2, 0.2, -0.3]);
    await visit.go(`/characteristic/${id}`);
    await visit.page.locator('.violation-head').first().click();
    await visit.page.getByText(/^Sample \d+, mean 5\.0\d+, lies 4\.2\d sigma above the centre line, more than 3: \(5\.0\d+ - 5\.0200\d*\) \/ 0\.0133\d* = 4\.2\d\.$/).waitFor();
    await visit.page.getByText('Its numbers').click();
    await visit.page.getByRole('cell', {name: /^4\.2\d$/}).waitFor();
    await visit.page.getByText(/^Anderson-Darling: A² = /).waitFor();
    await visit.page.getByRole('img', {name: /^Histogram of 215 measurements/}).waitFor();
    await visit.page.getByRole('img', {name: 'The whole series: 43 samples'}).waitFor();
    await visit.page.getByRole('button', {name: 'Closer'}).click();
    await visit.page.getByText(/· 1\d samples/).waitFor();
    await visit.page.getByRole('button', {name: 'Earlier'}).click();
    await visit.page.getByRole('img', {name: /^Crimp height: 1\d samples, 0 beyond/}).waitFor();
    await visit.accessible();
    await visit.page.getByRole('button', {name: 'Newest'}).click();
    await visit.page.getByRole('img', {name: /the last 43 samples, 1 beyond/}).waitFor();
  });

  test('goes on after the server was killed, without a reload and without a gap', async () => {
    const id = await characteristic('Headspace oxygen');
    await visit.go(`/characteristic/${id}`);
    await visit.page.getByText('Under control').waitFor();
    await visit.page.evaluate(() => Object.assign(window, {sameDocument: true}));
    await server.kill();
    await visit.page.locator('.link-state[data-state=offline]').waitFor();
    await server.restart();
    await take(id, [0.1, 0.2, -4.4]);
    await visit.page.getByText('1 open violation').first().waitFor();
    await visit.page.getByText('Samples 43').waitFor();
    expect(await visit.page.evaluate(() => 'sameDocument' in window)).toBe(true);
  });

  test('fits a phone, in the dark; the list shows what is open', async () => {
    const id = await characteristic('Restsauerstoff im Kopfraum der gefriergetrockneten Vials an Station 14');
    await take(id, [0.5, 4.4, 1.2, 1.4, 1.3, 2.4, 2.6]);
    const phone = await Visit.begin(browser, server.url, {phone: true, dark: true});
    await phone.go(`/characteristic/${id}`);
    await phone.page.locator('.plot canvas').first().waitFor();
    await phone.page.getByText(/open violations?/).first().waitFor();
    await phone.fitsTheWidth();
    await phone.picture('control-chart-phone-dark');
    await phone.accessible();
    await phone.end();
    await visit.go('/characteristics');
    const row = visit.page.getByRole('row', {name: /Restsauerstoff/});
    await row.getByText(/violation/).waitFor();
    await visit.picture('process-control');
    await visit.accessible();
    await take(id, [4.8]);
    await row.getByText(/violations/).waitFor();
  });
});
