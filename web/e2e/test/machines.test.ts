import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Browser} from 'playwright-core';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {AppServer} from './server/app-server.js';
import {Rest} from './server/rest.js';
import {launch, Visit} from './server/visit.js';

let browser: Browser;
let server: AppServer;
let sink: Server;
let visit: Visit;
let rest: Rest;
const heard: string[] = [];

beforeAll(async () => {
  sink = createServer((request, answer) => {
    let body = '';
    request.on('data', (part) => (body += part)).on('end', () => (heard.push(body), answer.end()));
  }).listen(0, '127.0.0.1');
  [browser, server] = await Promise.all([launch(), AppServer.start({HEADWAY_SPC_ALARMS_ALLOW_PRIVATE: 'true'})]);
});
afterAll(async () => {
  sink?.close();
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  visit = await Visit.begin(browser, server.url, {height: 1_000});
  rest = new Rest(server.url);
});
afterEach(() => visit.end());

const field = (name: string) => visit.page.getByLabel(name, {exact: true});

async function limited(name: string): Promise<number> {
  const {id} = await rest.call('/api/v1/characteristics', {name});
  await rest.call(`/api/v1/characteristics/${id}/limits`, {center_line: 10, sigma: 1}, 'PUT');
  return id as number;
}

test('a signal is added, with what is wrong said, and deleted', async () => {
  await limited('Bore, press 1');
  await visit.go('/characteristics');
  await visit.page.getByRole('link', {name: 'Machines'}).click();
  await visit.page.getByRole('heading', {name: 'No signal yet'}).waitFor();
  await visit.page.getByRole('button', {name: 'New signal'}).click();
  await field('Topic').fill('plant/#/gauge');
  await field('Value').fill('values.bore');
  await visit.page.getByRole('button', {name: 'Add the signal'}).click();
  await visit.page.getByText('is no topic or pattern of MQTT').waitFor();
  await field('Topic').fill('plant/+/gauge');
  await visit.picture('machines-form');
  await visit.accessible();
  await visit.page.getByRole('button', {name: 'Add the signal'}).click();
  await visit.page.getByRole('row', {name: /plant\/\+\/gauge.*values\.bore.*Bore, press 1/}).waitFor();
  await visit.picture('machines');
  await visit.page.getByRole('button', {name: 'Delete the signal of plant/+/gauge'}).click();
  await visit.page.getByRole('heading', {name: 'No signal yet'}).waitFor();
});

test('a receiver is added and tested, told of a violation, which is closed with its cause and the action', async () => {
  const id = await limited('Fill weight, line 2');
  await visit.go('/characteristics/alarms');
  await visit.page.getByRole('heading', {name: 'Nobody is told'}).waitFor();
  await visit.page.getByRole('button', {name: 'New receiver'}).click();
  await field('Name').fill('Shift lead');
  await field('By').selectOption('webhook');
  await field('Address').fill('nowhere');
  await visit.page.getByRole('button', {name: 'Add the receiver'}).click();
  await visit.page.getByText('must be an http or https address').waitFor();
  await visit.picture('alarms-form');
  await visit.accessible();
  await field('Address').fill(`http://127.0.0.1:${(sink.address() as AddressInfo).port}/alarms`);
  await visit.page.getByRole('button', {name: 'Add the receiver'}).click();
  await visit.page.getByRole('row', {name: /Shift lead.*at once/}).waitFor();
  await visit.page.getByRole('button', {name: 'Test Shift lead'}).click();
  await visit.page.getByText('Shift lead has taken it.').waitFor();
  await visit.picture('alarms');
  await visit.accessible();
  await rest.call('/api/v1/samples', {characteristic_id: id, measurements: [20]});
  await expect.poll(() => heard.some((body) => body.includes('Fill weight, line 2')), {timeout: 60_000}).toBe(true);
  await visit.go(`/characteristic/${id}`);
  await visit.page.getByRole('button', {name: /^Acknowledge/}).first().click();
  await visit.page.getByLabel('What was the reason').fill('Looking into it');
  await visit.page.keyboard.press('Enter');
  await visit.page.getByRole('button', {name: 'Close One point beyond 3 sigma'}).click();
  await field('Cause').fill('Nozzle 3 was blocked');
  await field('Action').fill('Cleaned');
  await visit.page.getByRole('button', {name: 'Close', exact: true}).click();
  await visit.page.getByText('Nozzle 3 was blocked; Cleaned').waitFor();
  await visit.accessible();
});
