import type {Browser} from 'playwright-core';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {AppServer} from './server/app-server.js';
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
  visit = await Visit.begin(browser, server.url, {height: 1_200});
  rest = new Rest(server.url);
});
afterEach(() => visit.end());

const BEGIN = Date.UTC(2026, 10, 20, 6);
const PATTERN = [0.2, -0.5, 0.9, -0.1, 0.4, -0.8, 0.1, 0.6, -0.3, -0.5];

/** Individuals about one mean, and after the thirtieth about another. */
async function shifted(name: string): Promise<number> {
  const {id} = await rest.call('/api/v1/characteristics', {name, description: 'Bore, in millimetres', usl: 16, lsl: 6});
  const samples = Array.from({length: 60}, (_, at) => ({
    characteristic_id: id, timestamp: new Date(BEGIN + at * 900_000).toISOString(),
    measurements: [Number(((at < 30 ? 10 : 12) + PATTERN[(at * 7) % 10]! * 0.8).toFixed(2))],
  }));
  await rest.call('/api/v1/samples/batch?synchronous=true', {samples});
  return id as number;
}

test('a stage is begun, its limits estimated from its first samples with one left out, changed, and removed', async () => {
  const id = await shifted('Bore, spindle 2');
  const newest = (await rest.call(`/api/v1/samples?characteristic_id=${id}&limit=1`)).samples[0].sample_id as number;
  const first = newest - 29;
  await visit.go(`/characteristic/${id}`);
  const stages = visit.page.getByRole('region', {name: 'Stages'});
  await stages.getByRole('button', {name: 'New stage'}).click();
  await stages.getByLabel('Name').fill('New tool');
  await stages.getByLabel('or with sample').fill(String(first));
  await stages.getByRole('button', {name: 'From samples'}).click();
  await stages.getByLabel('Estimate from').selectOption('first');
  await stages.getByLabel('How many').fill('26');
  await stages.getByRole('button', {name: 'Leave a sample out'}).click();
  await stages.getByLabel('Sample', {exact: true}).fill(String(first + 3));
  await stages.getByRole('button', {name: 'Begin the stage'}).click();
  await stages.getByRole('alert').waitFor();
  await stages.getByLabel('Reason').fill('gauge faulty');
  await stages.getByRole('button', {name: 'Show what would change'}).click();
  await stages.getByText(/30 samples would be judged anew/).waitFor();
  await visit.picture('stage-form');
  await visit.accessible();
  await stages.getByRole('button', {name: 'Begin the stage'}).click();
  await stages.getByRole('row', {name: /New tool/}).getByText(/first 26 samples, 1 left out/).waitFor();
  await stages.getByText(`Sample ${first + 3}: gauge faulty`).waitFor();
  await visit.picture('stages');
  await visit.accessible();
  const centre = (await rest.call(`/api/v1/characteristics/${id}/limits`)).center_line as number;
  expect(Math.abs(centre - 12)).toBeLessThan(0.2);
  await stages.getByRole('button', {name: 'Change New tool'}).click();
  await stages.getByLabel('Name').fill('Tool 7');
  await stages.getByLabel('Rules').selectOption('shewhart');
  await stages.getByLabel('Rule 1 beyond').fill('2,5');
  await stages.getByRole('button', {name: 'Known mean and sigma'}).click();
  await stages.getByLabel('Mean').fill('12');
  await stages.getByLabel(/^Sigma/).fill('0,5');
  await stages.getByRole('button', {name: 'Change the stage'}).click();
  await stages.getByRole('row', {name: /Tool 7.*13\.5.*known process/}).waitFor();
  const {rules} = await rest.call(`/api/v1/characteristics/${id}/rules`);
  expect((rules as {enabled: boolean; multiple?: number}[]).map(({enabled, multiple}) => (enabled ? multiple : undefined)).filter(Boolean)).toEqual([2.5]);
  visit.page.once('dialog', (dialog) => void dialog.accept());
  await stages.getByRole('button', {name: 'Remove Tool 7'}).click();
  await stages.getByText('Tool 7').waitFor({state: 'detached'});
  expect((await rest.call(`/api/v1/characteristics/${id}/stages`)).stages).toHaveLength(1);
});

test('a sample is left out, corrected and deleted, each for a reason that the audit trail has', async () => {
  const id = await shifted('Bore, spindle 3');
  await visit.go(`/characteristic/${id}`);
  await visit.page.locator('summary', {hasText: 'Samples'}).click();
  const newest = (await rest.call(`/api/v1/samples?characteristic_id=${id}&limit=1`)).samples[0].sample_id as number;
  const change = async (sample: number, act: string, prepare: () => Promise<unknown>) => {
    await visit.page.getByRole('button', {name: `Change sample ${sample}`, exact: true}).click();
    await visit.page.getByRole('button', {name: act, exact: true}).first().click();
    await prepare();
    await visit.page.getByLabel('Reason, for the audit trail').fill(`because of ${act}`);
    await visit.page.locator('.sample-change').getByRole('button', {name: act, exact: true}).last().click();
    await visit.page.locator('.sample-change').waitFor({state: 'detached'});
  };
  await change(newest, 'Leave out', async () => {
    await visit.picture('sample-change');
    await visit.accessible();
  });
  await visit.page.getByText('left out').first().waitFor();
  await change(newest - 1, 'Correct', () => visit.page.getByLabel('Measurements, as they should be').fill('12,25'));
  await visit.page.getByRole('cell', {name: '12.25'}).first().waitFor();
  await change(newest - 2, 'Delete', async () => {});
  await visit.page.getByRole('button', {name: `Change sample ${newest - 2}`, exact: true}).waitFor({state: 'detached'});
  const {entries} = await rest.call(`/api/v1/audit?characteristic_id=${id}&limit=3`);
  expect((entries as {action: string}[]).map(({action}) => action)).toEqual(['sample_deleted', 'corrected', 'excluded']);
});

test('limits and rules are tried on the chart, taken back, and stored once they are saved', async () => {
  const id = await shifted('Bore, spindle 5');
  await rest.call(`/api/v1/characteristics/${id}/recalculate-limits`, {first_samples: 30});
  await visit.go(`/characteristic/${id}`);
  const stages = visit.page.getByRole('region', {name: 'Stages'});
  const chart = visit.page.getByRole('region', {name: 'Control chart'});
  await stages.getByRole('button', {name: 'Change Stage 1'}).click();
  await stages.getByRole('button', {name: 'By hand'}).click();
  await stages.getByLabel('Lower control limit').fill('5');
  await stages.getByLabel('Centre line').fill('11');
  await stages.getByLabel('Upper control limit').fill('17');
  await stages.getByText('Each rule').click();
  await stages.getByRole('checkbox', {name: /^2\. /}).first().uncheck();
  await stages.getByRole('button', {name: 'Show what would change'}).click();
  await chart.getByText('Preview, nothing is stored.').waitFor();
  await chart.getByText(/Withdrawn: /).waitFor();
  await visit.picture('stage-preview');
  await visit.accessible();
  await stages.getByRole('button', {name: 'Undo'}).click();
  await chart.getByText('Preview, nothing is stored.').waitFor({state: 'detached'});
  await expect.poll(() => stages.getByRole('checkbox', {name: /^2\. /}).first().isChecked()).toBe(true);
  await stages.getByRole('button', {name: 'Undo'}).click();
  await expect.poll(() => stages.getByLabel('Upper control limit').inputValue()).toBe('');
  const {method} = await rest.call(`/api/v1/characteristics/${id}/limits`);
  expect(method).toBe('moving_range');
  await stages.getByLabel('Upper control limit').fill('17');
  await stages.getByRole('button', {name: 'Change the stage'}).click();
  await stages.getByRole('row', {name: /Stage 1.*set by hand/}).waitFor();
});

test('the specification is changed in its place, and its lines follow what is typed', async () => {
  const id = await shifted('Bore, spindle 6');
  await visit.go(`/characteristic/${id}`);
  const card = visit.page.getByRole('region', {name: 'Specification'});
  await card.getByRole('button', {name: 'Change the specification'}).click();
  await card.getByLabel(/^Upper limit/).fill('15,5');
  await card.getByRole('button', {name: 'Undo'}).click();
  await expect.poll(() => card.getByLabel(/^Upper limit/).inputValue()).toBe('16');
  await card.getByLabel(/^Upper limit/).fill('15,5');
  await card.getByLabel(/^Lower limit/).fill('');
  await visit.picture('specification');
  await visit.accessible();
  await card.getByRole('button', {name: 'Save the specification'}).click();
  await card.getByText(/LSL – .* USL 15\.5/).waitFor();
  const {usl, lsl} = await rest.call(`/api/v1/characteristics/${id}`);
  expect([usl, lsl]).toEqual([15.5, null]);
});

test('a sample is annotated, and the chart is shown as it was before', async () => {
  const id = await shifted('Bore, spindle 7');
  await rest.call(`/api/v1/characteristics/${id}/recalculate-limits`, {first_samples: 30});
  const newest = (await rest.call(`/api/v1/samples?characteristic_id=${id}&limit=1`)).samples[0].sample_id as number;
  await visit.go(`/characteristic/${id}`);
  await visit.page.locator('summary', {hasText: 'Samples'}).click();
  await visit.page.getByRole('button', {name: `Annotate sample ${newest}`, exact: true}).click();
  await visit.page.getByLabel(`What is to be known about sample ${newest}`).fill('tool changed <now>');
  await visit.page.getByRole('button', {name: 'Annotate', exact: true}).click();
  const said = visit.page.getByRole('region', {name: 'Annotations'});
  await said.getByText('tool changed <now>').waitFor();
  await visit.picture('annotations');
  await visit.accessible();
  visit.page.once('dialog', (dialog) => void dialog.accept());
  await said.getByRole('button', {name: `Remove the annotation of sample ${newest}`}).click();
  await said.waitFor({state: 'detached'});
  await visit.page.getByRole('button', {name: 'As it was…'}).click();
  await visit.page.getByLabel('As it was at').fill('2020-01-31T10:42:00');
  await visit.page.getByRole('button', {name: 'Show', exact: true}).click();
  await visit.page.getByText(/The characteristic was made at/).waitFor();
  const chart = visit.page.getByRole('region', {name: 'Control chart'});
  await visit.page.getByLabel('As it was at').fill('2090-01-31T10:42:00');
  await visit.page.getByRole('button', {name: 'Show', exact: true}).click();
  await visit.page.getByText(/lies in the future/).waitFor();
  await visit.page.locator('.as-it-was').getByRole('button', {name: 'Cancel'}).click();
  await visit.page.getByRole('button', {name: 'As it was…'}).click();
  await visit.page.getByRole('button', {name: 'Show', exact: true}).click();
  await chart.getByText(/As it was at/).waitFor();
  await visit.picture('as-it-was');
  await visit.accessible();
  await chart.getByRole('button', {name: 'Back to the chart as it is'}).click();
  await chart.getByText('The newest samples, as they come').waitFor();
});

test('EWMA and CUSUM find a small shift, say their run lengths, and stay live', async () => {
  const id = await shifted('Bore, spindle 4');
  await visit.go(`/characteristic/${id}`);
  await visit.page.getByRole('button', {name: 'EWMA'}).click();
  await visit.page.getByText('There are no limits').waitFor();
  await rest.call(`/api/v1/characteristics/${id}/recalculate-limits`, {first_samples: 30});
  await visit.page.getByText(/Signals falsely once in 499 samples/).waitFor();
  await visit.page.getByRole('img', {name: /EWMA, [1-9]\d* signals/}).waitFor();
  await visit.picture('ewma');
  await visit.accessible();
  await visit.page.getByLabel('Width of the limits').fill('2.5');
  await visit.page.getByText(/Signals falsely once in \d\d\d? samples/).waitFor();
  await visit.page.getByRole('button', {name: 'CUSUM'}).click();
  await visit.page.getByText(/Signals falsely once in 465 samples/).waitFor();
  await visit.picture('cusum');
  await visit.accessible();
  const signals = async () => Number(/CUSUM, (\d+) signals/.exec((await visit.page.locator('.plot').first().getAttribute('aria-label')) ?? '')?.[1]);
  const before = await signals();
  await rest.call('/api/v1/samples', {characteristic_id: id, measurements: [13]});
  await visit.page.getByRole('img', {name: new RegExp(`CUSUM, ${before + 1} signals`)}).waitFor();
  await visit.page.getByRole('button', {name: 'Z and W'}).click();
  await visit.page.getByRole('img', {name: /Z and W, \d+ signals/}).waitFor();
  await visit.page.getByRole('img', {name: 'The moving range of z'}).waitFor();
  await visit.picture('short-run');
  await visit.accessible();
});
