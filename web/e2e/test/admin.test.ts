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
  await server.command(['user', 'add', 'root@example.org', '--role', 'admin', '--password-stdin'], 'a long password\n');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  visit = await Visit.begin(browser, server.url, {height: 900});
});
afterEach(() => visit.end());

async function signIn(): Promise<void> {
  await visit.go('/');
  await visit.page.getByRole('button', {name: 'Account and appearance'}).click();
  await visit.page.getByRole('button', {name: 'Sign in', exact: true}).click();
  await visit.page.getByLabel('E-mail').fill('root@example.org');
  await visit.page.getByLabel('Password').fill('a long password');
  await visit.page.keyboard.press('Enter');
  await visit.page.getByRole('link', {name: 'Admin'}).waitFor();
}

test('an administrator sees connections, nodes and limits change', async () => {
  await signIn();
  await visit.page.getByRole('link', {name: 'Admin'}).click();
  const connections = visit.page.getByRole('region', {name: 'Connections'});
  await connections.getByText('root@example.org').waitFor();
  const rest = new Rest(server.url);
  await rest.submit('press', {});
  await rest.claim('press');
  await visit.page.getByRole('region', {name: 'Nodes and workers'}).getByRole('row', {name: /^test/}).waitFor();
  const other = await Visit.begin(browser, server.url);
  await other.go('/');
  await other.live();
  await connections.getByText('not signed in').waitFor();
  await visit.picture('admin');
  await other.end();
  await connections.getByText('not signed in').waitFor({state: 'detached'});
});

test('follows a server that is killed and started again', async () => {
  await signIn();
  await visit.go('/admin');
  await visit.page.getByRole('region', {name: 'Limits'}).waitFor();
  await server.kill();
  await visit.page.locator('.link-state[data-state=offline]').waitFor();
  await server.restart();
  await visit.live();
  const rest = new Rest(server.url);
  await rest.submit('knead', {});
  await rest.call('/api/v1/jobs/claim', {worker_id: 'newcomer', job_types: ['knead'], lease_seconds: 600});
  await visit.page.getByRole('region', {name: 'Nodes and workers'}).getByRole('row', {name: /^newcomer/}).waitFor();
});

test('an administrator gives a role, disables and removes a user', async () => {
  const operator = await Visit.begin(browser, server.url);
  await operator.register('operator@example.org', 'a long password');
  await signIn();
  await visit.go('/admin');
  const users = visit.page.getByRole('region', {name: 'Users'});
  const row = users.getByRole('row', {name: /operator@example.org/});
  await row.getByLabel('Role of operator@example.org').selectOption('engineer');
  await row.getByRole('button', {name: 'Disable'}).click();
  await row.getByText('disabled').waitFor();
  await expect(new Rest(server.url, await operator.token()).call('/api/v1/auth/me')).rejects.toThrow('401');
  await row.getByRole('button', {name: 'Enable'}).click();
  await row.getByRole('button', {name: 'Disable'}).waitFor();
  visit.page.once('dialog', (dialog) => void dialog.accept());
  await row.getByRole('button', {name: 'Remove'}).click();
  await row.waitFor({state: 'detached'});
  await operator.end();
});

test('an administrator pauses a queue and lets it go on', async () => {
  const rest = new Rest(server.url);
  await rest.submit('print', {queue: 'paper'});
  await signIn();
  await visit.go('/admin');
  const row = visit.page.getByRole('region', {name: 'Queues'}).getByRole('row', {name: /^paper/});
  await row.getByRole('button', {name: 'Pause paper'}).click();
  await row.getByText('paused', {exact: true}).waitFor();
  const claim = {worker_id: 'test', queue: 'paper'};
  expect(await rest.call('/api/v1/jobs/claim', claim)).toBeUndefined();
  await visit.accessible();
  await row.getByRole('button', {name: 'Resume paper'}).click();
  await row.getByText('paused', {exact: true}).waitFor({state: 'detached'});
  expect((await rest.call('/api/v1/jobs/claim', claim)).job.queue).toBe('paper');
});

test('an administrator limits the rate of a queue, and takes the limit away', async () => {
  const rest = new Rest(server.url);
  await rest.submit('fold', {queue: 'letters'});
  await rest.submit('fold', {queue: 'letters'});
  await signIn();
  await visit.go('/admin');
  const row = visit.page.getByRole('region', {name: 'Queues'}).getByRole('row', {name: /^letters/});
  await row.getByRole('button', {name: /^Rate of letters: no limit/}).click();
  await row.getByLabel('Jobs; 0 for no limit').fill('1');
  await row.getByLabel('Seconds').fill('3600');
  await visit.accessible();
  await row.getByRole('button', {name: 'Save'}).click();
  await row.getByRole('button', {name: /^Rate of letters: 1 in 3,600 s/}).waitFor();
  const claim = {worker_id: 'test', queue: 'letters'};
  expect((await rest.call('/api/v1/jobs/claim', claim)).job.queue).toBe('letters');
  expect(await rest.call('/api/v1/jobs/claim', claim)).toBeUndefined();
  await row.getByRole('button', {name: /^Rate of letters/}).click();
  await row.getByLabel('Jobs; 0 for no limit').fill('0');
  await row.getByRole('button', {name: 'Save'}).click();
  await row.getByRole('button', {name: /^Rate of letters: no limit/}).waitFor();
  expect((await rest.call('/api/v1/jobs/claim', claim)).job.queue).toBe('letters');
});

test('an administrator sees who was turned away, and who changed which account', async () => {
  for (let tries = 0; tries < 6; tries++) {
    await new Rest(server.url).call('/api/v1/auth/login', {username: 'nobody@example.org', password: 'wrong'}).catch(() => {});
  }
  await signIn();
  await visit.page.getByRole('link', {name: 'Admin'}).click();
  await visit.page.getByRole('region', {name: 'Turned away'}).getByText('Too many failed sign-ins').waitFor();
  const audit = visit.page.getByRole('region', {name: 'Changes of accounts'});
  await audit.getByRole('row', {name: /User added role admin root@example.org command line/}).waitFor();
  await visit.accessible();
  await visit.page.setViewportSize({width: 1280, height: 1500});
  await visit.picture('admin-whole');
  await visit.page.emulateMedia({colorScheme: 'dark'});
  await visit.picture('admin-whole-dark');
});

test('nobody else sees any of it', async () => {
  await visit.register('ada@example.org', 'a long password');
  expect(await visit.page.getByRole('link', {name: 'Admin'}).count()).toBe(0);
  await visit.go('/admin');
  await visit.page.getByRole('heading', {name: 'For administrators'}).waitFor();
  await expect(new Rest(server.url, await visit.token()).call('/api/v1/admin/status')).rejects.toThrow('403');
});
