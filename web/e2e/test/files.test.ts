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
  visit = await Visit.begin(browser, server.url, {height: 1_100});
  rest = new Rest(server.url);
});
afterEach(() => visit.end());

/** As a spreadsheet in German saves it. */
const EXPORT = 'Zeit;Messwert [mm];Maschine\n20.11.2026 06:00;10,2;M3\n20.11.2026 06:15;9,7;M3\n20.11.2026 06:30;zehn;M3\n';

test('a source is made beside a file of it, which is imported, and imported again when it has grown', async () => {
  const {id} = await rest.call('/api/v1/characteristics', {name: 'Bore, gauge 3'});
  await visit.go('/characteristics');
  await visit.page.getByRole('link', {name: 'Files'}).click();
  await visit.page.getByRole('button', {name: 'Make the first'}).click();
  const field = (name: string) => visit.page.getByLabel(name, {exact: true});
  await field('Name').fill('Gauge 3, export');
  await field('Characteristic').selectOption({label: 'Bore, gauge 3'});
  await field('A file of it').setInputFiles({name: 'export.csv', mimeType: 'text/csv', buffer: Buffer.from(EXPORT)});
  await visit.page.getByText('0 measurement columns').waitFor();
  await field('What Zeit holds').selectOption('timestamp');
  await field('What Messwert [mm] holds').selectOption('value');
  await visit.page.getByText('time with an offset').first().waitFor();
  await field('Times are written').fill('dd.MM.yyyy HH:mm');
  await field('Time zone').fill('Europe/Berlin');
  await visit.page.getByText('1 of the first 3 are refused').waitFor();
  await visit.page.getByText(/'zehn' is not a finite number/).waitFor();
  await visit.picture('source');
  await visit.accessible();
  await visit.page.getByRole('button', {name: 'Save and import this file'}).click();
  await visit.page.getByText('Completed').first().waitFor();
  const total = async () => (await rest.call(`/api/v1/samples?characteristic_id=${id}`)).total as number;
  expect(await total()).toBe(2);
  await visit.go('/characteristics/files');
  await visit.page.getByText('Zeit → timestamp').waitFor();
  await visit.picture('sources');
  await visit.accessible();
  await visit.page.getByRole('button', {name: 'Open Gauge 3, export'}).click();
  const grown = `${EXPORT}20.11.2026 06:45;9,9;M3\n`;
  await field('A file of it').setInputFiles({name: 'export.csv', mimeType: 'text/csv', buffer: Buffer.from(grown)});
  await visit.page.getByText('1 of the first 4 are refused').waitFor();
  await visit.page.getByRole('button', {name: 'Save and import this file'}).click();
  await visit.page.getByText('Completed').first().waitFor();
  expect(await total()).toBe(3);
});
