import type {Browser} from 'playwright-core';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {AppServer} from './server/app-server.js';
import {Rest} from './server/rest.js';
import {launch, Visit} from './server/visit.js';

const PASSWORD = 'a long password';

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
  visit = await Visit.begin(browser, server.url, {height: 900});
});
afterEach(() => visit.end());

/** What the server answers to a sign-in by a program. */
async function signIn(email: string): Promise<Rest> {
  const {access_token} = await new Rest(server.url).call<{access_token: string}>('/api/v1/auth/login', {username: email, password: PASSWORD});
  return new Rest(server.url, access_token);
}

async function openAccount(): Promise<void> {
  await visit.page.getByRole('button', {name: 'Account and appearance'}).click();
  await visit.page.getByRole('link', {name: 'Sessions and keys'}).click();
  await visit.page.getByRole('heading', {name: 'Your account'}).waitFor();
}

test('a user sees sessions and keys, ends one of each, and signs out everywhere', async () => {
  await visit.register('ada@example.org', PASSWORD);
  const program = await signIn('ada@example.org');
  const {key} = await program.call<{key: string}>('/api/v1/api-keys', {name: 'press 1'});
  await openAccount();
  const sessions = visit.page.getByRole('region', {name: 'Sessions'});
  await sessions.getByText('this browser').waitFor();
  await visit.picture('account');
  await visit.accessible();
  await sessions.getByRole('button', {name: 'End'}).click();
  await sessions.getByRole('button', {name: 'End'}).waitFor({state: 'detached'});
  await expect(program.call('/api/v1/auth/me')).rejects.toThrow('401');

  visit.page.once('dialog', (dialog) => void dialog.accept());
  const keys = visit.page.getByRole('region', {name: 'API keys'});
  await keys.getByRole('row', {name: /press 1/}).getByRole('button', {name: 'Revoke'}).click();
  await keys.getByText('No program has a key of yours').waitFor();
  await expect(new Rest(server.url, key).call('/api/v1/auth/me')).rejects.toThrow('401');

  const token = await visit.token();
  visit.page.once('dialog', (dialog) => void dialog.accept());
  await visit.page.getByRole('button', {name: 'Sign out everywhere'}).click();
  await visit.page.getByText('You have been signed out everywhere.').waitFor();
  await expect(new Rest(server.url, token).call('/api/v1/auth/me')).rejects.toThrow('401');
});

test('the page fits a phone in the dark', async () => {
  const phone = await Visit.begin(browser, server.url, {phone: true, dark: true});
  await phone.register('bob@example.org', PASSWORD);
  await phone.go('/account');
  await phone.page.getByRole('region', {name: 'Sessions'}).getByText('this browser').waitFor();
  await phone.fitsTheWidth();
  await phone.accessible();
  await phone.picture('account-phone-dark');
  await phone.end();
});

test('who signs in keeps what this machine may do without an account', async () => {
  await visit.go('/characteristics');
  await visit.page.getByRole('link', {name: 'Make the first'}).waitFor();
  await visit.register('eve@example.org', PASSWORD);
  await visit.go('/characteristics/new');
  await visit.page.getByLabel('Name').fill('Fill volume');
  await visit.go('/characteristics');
  await visit.page.getByRole('link', {name: 'Make the first'}).waitFor();
});

test('a role that is given reaches a page that is open, and a command that disables a user ends its session', async () => {
  const closed = await AppServer.start({HEADWAY_AUTH_ANONYMOUS: 'false', HEADWAY_AUTH_REGISTRATION: 'open', HEADWAY_AUTH_RELOAD_SECONDS: '3600'});
  await new Rest(closed.url).call('/api/v1/auth/register', {email: 'carl@example.org', password: PASSWORD});
  const guest = await Visit.begin(browser, closed.url);
  await guest.go('/');
  await guest.page.getByLabel('E-mail').fill('carl@example.org');
  await guest.page.getByLabel('Password').fill(PASSWORD);
  await guest.page.keyboard.press('Enter');
  await guest.page.getByRole('heading', {name: 'Work', level: 1}).waitFor();
  await guest.go('/characteristics');
  await guest.live();
  expect(await guest.page.getByRole('link', {name: 'Make the first'}).count()).toBe(0);
  await closed.command(['user', 'role', 'carl@example.org', 'engineer']);
  await guest.page.getByRole('link', {name: 'Make the first'}).waitFor();
  await guest.live();
  await closed.command(['user', 'disable', 'carl@example.org']);
  await guest.page.getByText('Your session has ended. Sign in again to go on.').waitFor();
  await guest.end();
  await closed.stop();
});
