import type {Browser} from 'playwright-core';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {AppServer} from './server/app-server.js';
import {Rest} from './server/rest.js';
import {launch, Visit} from './server/visit.js';

let browser: Browser;
let server: AppServer;
let visit: Visit;

beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), AppServer.start()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  visit = await Visit.begin(browser, server.url, {height: 1_060});
});
afterEach(() => visit.end());

test('a team that there is not fails with the reason', async () => {
  await visit.go('/analyses');
  await visit.page.getByRole('heading', {name: 'No analysis yet'}).waitFor();
  await visit.page.getByLabel('Team').fill('7654321');
  await visit.page.getByRole('button', {name: 'Analyse'}).click();
  await visit.page.getByRole('alert').getByText(/7654321|not found/i).first().waitFor();
});

test('a team is analysed while one watches, and the answer is shown as a pitch with its reasons', async () => {
  await visit.go('/analyses');
  await visit.page.getByText('This server analyses the season that ships with it').waitFor();
  await visit.accessible();
  await visit.page.getByLabel('Gameweeks').selectOption('1');
  await visit.page.getByRole('button', {name: 'Analyse'}).click();
  await visit.page.getByRole('heading', {name: /^Team \d+$/, level: 1}).waitFor();
  await visit.page.getByRole('region', {name: 'Line-up'}).waitFor();
  expect(await visit.page.locator('.pitch .shirt').count()).toBe(11);
  expect(await visit.page.locator('.bench .shirt').count()).toBe(4);
  expect(await visit.page.locator('.armband').count()).toBe(2);
  await visit.page.locator('.pitch .shirt').first().click();
  await visit.page.locator('.reasons').waitFor();
  await visit.picture('analysis');
  await visit.accessible();
  await visit.fitsTheWidth();
});

test('a server that is killed while it analyses goes on, and the page with it; a phone shows the same', async () => {
  const rest = new Rest(server.url);
  const {teams} = await rest.call('/api/v1/analyze/season');
  const {analysis_id: id} = await rest.call('/api/v1/analyze', {team_id: teams[0], horizon: 1});
  await visit.go(`/analysis/${id}`);
  await visit.page.getByRole('heading', {name: `Team ${teams[0]}`}).waitFor();
  await server.kill();
  await visit.page.locator('.link-state[data-state=offline]').waitFor();
  await server.restart();
  await visit.page.getByRole('region', {name: 'Line-up'}).waitFor();
  const phone = await Visit.begin(browser, server.url, {phone: true, dark: true});
  await phone.go(`/analysis/${id}`);
  await phone.page.getByRole('region', {name: 'Line-up'}).waitFor();
  await phone.fitsTheWidth();
  await phone.accessible();
  await phone.page.getByRole('region', {name: 'Line-up'}).scrollIntoViewIfNeeded();
  await phone.picture('analysis-phone-dark');
  await phone.end();
});

test('a plan is changed by hand and searched again, live; two of them are scenarios that can be compared', async () => {
  const rest = new Rest(server.url);
  const {teams} = await rest.call('/api/v1/analyze/season');
  const {analysis_id: id} = await rest.call('/api/v1/analyze', {team_id: teams[1], horizon: 1, name: 'As it comes'});
  await visit.go(`/planner?analysis=${id}`);
  await visit.page.getByRole('region', {name: 'Plan', exact: true}).waitFor();
  expect(await visit.page.locator('.board .captain').count()).toBe(1);
  await visit.page.getByLabel('no transfers').check();
  await visit.page.getByText('No transfers before gameweek 2').waitFor();
  await visit.page.locator('.board tbody button').first().click();
  await visit.page.getByRole('button', {name: 'Keep always'}).click();
  await visit.page.getByRole('button', {name: /^Take back: Keep/}).waitFor();
  visit.page.once('dialog', (dialog) => void dialog.accept('Patient'));
  await visit.page.getByRole('button', {name: 'Save as a scenario'}).click();
  await visit.page.getByRole('heading', {name: 'Patient', level: 1}).waitFor();
  await visit.page.getByRole('button', {name: 'Compare them'}).click();
  await visit.page.locator('.compared').getByText('As it comes').waitFor();
  await visit.accessible();
  await visit.fitsTheWidth();
  await visit.picture('planner');
});
