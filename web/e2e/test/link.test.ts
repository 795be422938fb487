import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Browser} from 'playwright-core';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {AppServer} from './server/app-server.js';
import {Rest} from './server/rest.js';
import {launch, type Looks, Visit} from './server/visit.js';

let browser: Browser;
let server: AppServer;
let rest: Rest;
let shop: Server;
let visit: Visit;
let framed = '';
let count = 0;

beforeAll(async () => {
  shop = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html');
    answer.end(`<!doctype html><title>Shop</title><h1>Shop</h1><iframe src="${framed}" title="Your order"></iframe>`);
  });
  await new Promise<void>((listening) => shop.listen(0, 'localhost', listening));
  [browser, server] = await Promise.all([launch(), AppServer.start({HEADWAY_HTTP_FRAME_ANCESTORS: at('localhost')})]);
  const login = {username: 'first@example.org', password: 'a long password'};
  const {access_token} = await new Rest(server.url).call('/api/v1/auth/login', login);
  rest = new Rest(server.url, access_token as string);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  shop?.close();
});
afterEach(() => visit.end());

function at(host: string): string {
  return `http://${host}:${(shop.address() as AddressInfo).port}`;
}

interface Made {
  id: string;
  url: string;
  token: string;
}

function link(topic: string, page: object = {}): Promise<Made> {
  return rest.call<Made>('/api/v1/links', {topic, page});
}

/** Opens a link as a stranger. */
async function open(url: string, looks: Looks = {}): Promise<void> {
  visit = await Visit.begin(browser, '', looks);
  await visit.go(url);
}

async function work(more: object = {}) {
  const type = `print-${++count}`;
  const {id} = await rest.submit(type, more);
  return {id, type, begin: () => rest.claim(type)};
}

const LOOK = {
  title: 'Your photo book', accent: '#c2410c', language: 'de',
  words: {running: 'Wird gedruckt', completed: 'Fertig zum Abholen', left: 'noch etwa {time}', notify: 'Benachrichtigen'},
};

test('a job is shown to whoever has its link, in the words and colours of its maker', async () => {
  const {id, begin} = await work({name: 'Order 4711'});
  const job = await begin();
  const made = await link(`job:${id}`, LOOK);
  await open(made.url, {phone: true});
  await visit.page.getByRole('heading', {name: 'Your photo book'}).waitFor();
  await job.progress({progress: 40, message: 'Seite 12'});
  await visit.page.getByText('Seite 12').waitFor();
  await visit.page.getByText('Wird gedruckt').first().waitFor();
  expect(await visit.page.title()).toBe('40 % – Your photo book');
  expect(await visit.page.locator('[part=bar]').evaluate((bar) => getComputedStyle(bar).backgroundColor)).toBe('rgb(194, 65, 12)');
  expect(await visit.page.getByRole('button', {name: 'Cancel'}).count()).toBe(0);
  await visit.picture('link');
  await visit.accessible();
  await visit.fitsTheWidth();
  await job.complete();
  await visit.page.getByText('Fertig zum Abholen').first().waitFor();
});

test('the end is told by a notification to a visitor who asked for it', async () => {
  const {id, begin} = await work();
  const job = await begin();
  const {url} = await link(`job:${id}`);
  visit = await Visit.begin(browser, '');
  await visit.context.addInitScript(() => {
    const told: string[] = [];
    const Recorder = class {
      static permission = 'default';
      static requestPermission = async () => 'granted';
      constructor(title: string, {body}: {body: string}) {
        told.push(`${title}: ${body}`);
      }
    };
    Object.assign(window, {told, Notification: Recorder});
  });
  await visit.go(url);
  await visit.page.getByRole('button', {name: 'Notify me'}).click();
  await visit.page.getByRole('button', {name: 'Notify me'}).waitFor({state: 'hidden'});
  await job.fail('The paper is out');
  await visit.page.getByText('The paper is out').first().waitFor();
  await visit.page.waitForFunction(() => (window as unknown as {told: string[]}).told.length > 0);
  const told = await visit.page.evaluate(() => (window as unknown as {told: string[]}).told);
  expect(told).toEqual([expect.stringMatching(/^print-\d+: Failed: The paper is out$/)]);
});

test('a tag shows its jobs, those that come later, too, and says when there are none', async () => {
  const {url} = await link('tag:order-7');
  await open(url, {dark: true});
  await visit.page.getByRole('heading', {name: 'Order 7'}).waitFor();
  await visit.page.getByText('No job has this tag yet').waitFor();
  const first = await work({name: 'Print', tags: ['order-7']});
  await work({name: 'Somebody else’s', tags: ['order-8']});
  const job = await first.begin();
  await visit.page.getByRole('progressbar', {name: 'Print'}).waitFor();
  await job.progress({progress: 30, message: 'page 3'});
  await visit.page.getByText('page 3').waitFor();
  await job.complete();
  await visit.page.getByText('Completed').first().waitFor();
  await work({name: 'Ship', tags: ['order-7']});
  const names = visit.page.locator('[part=name]');
  await visit.page.getByText('Ship', {exact: true}).waitFor();
  expect(await names.allTextContents()).toEqual(['Ship', 'Print']);
  await visit.accessible();
});

test('a plan of a fantasy team is shown as it is searched, and nothing can be changed or is in front of it', async () => {
  const {analysis_id: id} = await rest.call<{analysis_id: string}>('/api/v1/analyze', {team_id: 1, horizon: 1});
  await open((await link(`analysis:${id}`)).url, {phone: true});
  await visit.page.getByRole('region', {name: 'Plan', exact: true}).waitFor();
  expect(await visit.page.getByRole('navigation').count()).toBe(0);
  expect(await visit.page.getByRole('button', {name: /Share|Rename|Save|Keep|Book/}).count()).toBe(0);
  expect(await visit.page.getByRole('checkbox').count()).toBe(0);
  await visit.accessible();
  await visit.fitsTheWidth();
});

test('a link that was ended or changed says so, and nothing of what was written into it', async () => {
  const {id} = await work();
  const made = await link(`job:${id}`, LOOK);
  await open(made.url);
  await visit.page.getByRole('heading', {name: 'Your photo book'}).waitFor();
  await rest.call(`/api/v1/links/${made.id}`, undefined, 'DELETE');
  await visit.page.getByText('This link has ended').first().waitFor();
  const [head, , signature] = made.token.split('.');
  const claims = Buffer.from(JSON.stringify({topics: [`job:${id}`], page: {title: 'Pay here'}})).toString('base64url');
  for (const fragment of [made.token, `${head}.${claims}.${signature}`]) {
    await visit.go('about:blank');
    await visit.go(`${server.url}/watch#${fragment}`);
    await visit.page.getByRole('heading', {name: 'This link has ended'}).waitFor();
    expect(await visit.page.getByText(/Pay here|photo book/).count()).toBe(0);
  }
  await visit.go('about:blank');
  await visit.go(`${server.url}/watch#${made.token.slice(0, 60)}`);
  await visit.page.getByRole('heading', {name: 'This link is not complete'}).waitFor();
});

test('a listed page shows it in a frame, no other page does, and no other page of the server is shown', async () => {
  const {id} = await work({name: 'Order 9'});
  framed = (await link(`job:${id}`)).url;
  await open(at('localhost'));
  await visit.page.frameLocator('iframe').getByRole('heading', {name: 'Order 9'}).waitFor();
  const refused = () => visit.page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
  for (const [host, page] of [['127.0.0.1', framed], ['localhost', `${server.url}/`]] as const) {
    framed = page;
    await Promise.all([refused(), visit.go(at(host))]);
  }
  visit.faults.length = 0; // the refusals
});
