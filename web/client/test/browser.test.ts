import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Browser, Page} from 'playwright-core';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {launchChromium} from './server/chromium.js';
import {TestServer} from './server/server.js';
import {PATIENCE_MS, Setting} from './server/setting.js';

let server: TestServer;
let setting: Setting;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  setting = new Setting(server);
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
});
afterEach(async () => {
  await page.close();
  await setting.close();
});

/** Shows the element in a page of the server's own origin. */
async function show(topic: string): Promise<void> {
  await page.goto(`${server.url}/pages/element.html?topic=${topic}`);
}

describe('<headway-progress>', () => {
  test('shows bar, step, message and end, for eyes and for screen readers', async () => {
    const {submitted, work} = await setting.job({steps: ['read', 'write']});
    await show(submitted.watch.stream);
    work.progress({done: 1, total: 4, step: 'read', message: '1 of 4'});
    const bar = page.getByRole('progressbar');
    await page.getByText('1 of 4').waitFor();
    expect(await bar.getAttribute('aria-valuenow')).toBe('12');
    expect(await bar.getAttribute('aria-valuetext')).toBe('12 %, read');
    expect(await page.locator('headway-progress').getByRole('status').textContent()).toBe('Running: read');
    await work.complete({ok: true});
    await page.locator('headway-progress[status=completed]').waitFor();
    expect(await bar.getAttribute('aria-valuenow')).toBe('100');
    expect(await page.getByRole('button', {name: 'Cancel'}).count()).toBe(0);
  });

  test('shows an output as it grows, from its beginning', async () => {
    const {submitted, work} = await setting.job();
    work.write('answer', 'Once ');
    work.write('other', 'not this');
    await work.flush();
    await show(`${submitted.watch.stream}&output=answer`);
    const output = page.getByRole('log', {name: 'answer'});
    await output.getByText('Once').waitFor();
    work.write('answer', 'upon\na time');
    work.log('a line');
    await output.getByText('a time').waitFor();
    expect(await output.textContent()).toBe('Once upon\na time');
    await work.complete();
    await page.locator('headway-progress[status=completed]').waitFor();
    expect(await setting.direct.output(submitted.id, 'answer')).toBe('Once upon\na time');
  });

  test('cancels by keyboard', async () => {
    const {submitted, work} = await setting.job();
    await show(submitted.watch.stream);
    await page.getByRole('button', {name: 'Cancel'}).focus();
    await page.keyboard.press('Enter');
    await page.locator('headway-progress').getByText('Stopping').first().waitFor();
    await work.cancelled();
    await page.locator('headway-progress[status=cancelled]').waitFor();
  });

  test('survives a killed server without a reload', async () => {
    const {submitted, work} = await setting.job();
    await show(submitted.watch.stream);
    work.progress({percent: 30, message: 'before'});
    await page.getByText('before').waitFor();
    await server.kill();
    await page.getByText(/Reconnecting|Offline/).waitFor();
    await server.restart();
    work.progress({percent: 60, message: 'after'});
    await page.getByText('after').waitFor();
    await page.getByText(/Reconnecting|Offline/).waitFor({state: 'hidden'});
    await work.complete();
    await page.locator('headway-progress[status=completed]').waitFor();
  });

  test('a page of another origin: names the setting that lets it in', async () => {
    const {submitted} = await setting.job();
    const body = `<!doctype html><title>Elsewhere</title><script src="${server.url}/headway.js"></script>
      <headway-progress server="${server.url}" topic="${submitted.watch.stream}"></headway-progress>`;
    const elsewhere = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(body));
    await new Promise<void>((ready) => elsewhere.listen(0, 'localhost', ready));
    await page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}`);
    await page.getByText('http.allowed-origins').waitFor();
    elsewhere.close();
  });

  test('unknown topic: says so', async () => {
    await show('job:00000000-0000-7000-8000-000000000000');
    await page.getByText('There is nothing to show here').waitFor();
  });
});

describe('useProgress and useOutput', () => {
  test('renders what happens, and stops watching when it is unmounted', async () => {
    const {submitted, work} = await setting.job();
    work.write('answer', 'Once ');
    await work.flush();
    await page.goto(`${server.url}/pages/hook.html?topic=${submitted.watch.stream}`);
    work.progress({percent: 40, message: 'forty'});
    await page.getByText('live 40 forty').waitFor();
    work.write('other', 'not this');
    work.write('answer', 'upon a time');
    await page.getByText('Once upon a time', {exact: true}).waitFor();
    await work.complete();
    await page.getByText('ended 100').waitFor();
    expect(await page.evaluate('unmount()')).toBe('closed');
  });
});
