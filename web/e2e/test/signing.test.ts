import type {Browser} from 'playwright-core';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {AppServer} from './server/app-server.js';
import {Rest} from './server/rest.js';
import {launch, Visit} from './server/visit.js';

const EMAIL = 'first@example.org'; // the server's first account, its administrator
const PASSWORD = 'a long password';

let browser: Browser;
let server: AppServer;
let visit: Visit;
let token: string;

beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), AppServer.start({HEADWAY_SPC_SIGNATURES: 'true'})]);
  token = (await new Rest(server.url).call<{access_token: string}>('/api/v1/auth/login', {username: EMAIL, password: PASSWORD})).access_token;
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  visit = await Visit.begin(browser, server.url, {height: 1_200});
  await visit.go('/');
  await visit.page.evaluate((kept) => localStorage.setItem('headway.token', kept), token);
});
afterEach(() => visit.end());

async function signed<T>(method: string, path: string, body: unknown): Promise<T> {
  const headers = {
    'Content-Type': 'application/json', Authorization: `Bearer ${token}`, 'Signature-Meaning': 'authored', 'Signature-Password': encodeURIComponent(PASSWORD),
  };
  return (await fetch(server.url + path, {method, headers, body: JSON.stringify(body)})).json() as Promise<T>;
}

test('an acknowledgment is signed with the password and a meaning, which the page shows', async () => {
  const {id} = await signed<{id: number}>('POST', '/api/v1/characteristics', {name: 'Bore'});
  await signed('PUT', `/api/v1/characteristics/${id}/limits`, {lcl: 7, center_line: 10, ucl: 13});
  const rest = new Rest(server.url, token);
  await rest.call('/api/v1/samples', {characteristic_id: id, measurements: [99]});
  await visit.go(`/characteristic/${id}`);
  const violations = visit.page.getByRole('region', {name: 'Violations'});
  await violations.getByRole('button', {name: /^Acknowledge/}).first().click();
  await violations.getByLabel(/What was the reason/).fill('tool worn');
  await violations.getByRole('button', {name: 'Acknowledge', exact: true}).click();
  const dialog = visit.page.getByRole('dialog', {name: 'Signature'});
  await dialog.getByLabel('My signature means').fill('geprüft');
  await dialog.getByLabel('Password').fill('a wrong password');
  await visit.picture('signing');
  await visit.accessible();
  await dialog.getByRole('button', {name: 'Sign', exact: true}).click();
  await dialog.getByText('The password is not right').waitFor();
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', {name: 'Sign', exact: true}).click();
  await violations.getByText(/signed “geprüft”/).first().waitFor();
  const [found] = (await rest.call<{violations: {ack_meaning: string; ack_user: string}[]}>(`/api/v1/violations?characteristic_id=${id}&acknowledged=true`)).violations;
  expect(found).toMatchObject({ack_meaning: 'geprüft', ack_user: EMAIL});
  await visit.page.getByRole('heading', {name: 'Changes'}).click();
  await visit.page.getByRole('row', {name: /acknowledged.*geprüft/}).waitFor();
});

test('a change that is not signed leaves everything as it was', async () => {
  const {id} = await signed<{id: number}>('POST', '/api/v1/characteristics', {name: 'Depth', usl: 12});
  await visit.go(`/characteristic/${id}`);
  const specification = visit.page.getByRole('region', {name: 'Specification'});
  await specification.getByRole('button', {name: /Change/}).click();
  await specification.getByLabel(/Upper limit/).fill('15');
  await specification.getByRole('button', {name: /Save/}).click();
  await visit.page.getByRole('dialog', {name: 'Signature'}).getByRole('button', {name: 'Not now'}).click();
  await specification.getByText('Nothing was changed: it was not signed.').waitFor();
  expect((await new Rest(server.url, token).call(`/api/v1/characteristics/${id}`))['usl']).toBe(12);
});
