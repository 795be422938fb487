import type {Browser} from 'playwright-core';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {AppServer} from './server/app-server.js';
import {Rest} from './server/rest.js';
import {launch, Visit} from './server/visit.js';

let browser: Browser;
let server: AppServer;
let visit: Visit;
let count = 0;

beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), AppServer.start()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  visit = await Visit.begin(browser, server.url);
});
afterEach(() => visit.end());

/** A user of this test alone, signed in by the form, and their REST. */
async function somebody(): Promise<Rest> {
  await visit.register(`user${++count}@example.org`, 'a long password');
  return new Rest(server.url, await visit.token());
}

describe('signing in', () => {
  test('registers, stays signed in over a reload, signs out', async () => {
    await somebody();
    await visit.page.reload();
    await visit.live();
    await visit.page.getByRole('button', {name: 'Account and appearance'}).click();
    await visit.page.getByText(`user${count}@example.org`).waitFor();
    await visit.page.getByRole('button', {name: 'Sign out'}).click();
    await visit.page.getByRole('heading', {name: 'Sign in to Headway'}).waitFor();
    await visit.picture('sign-in');
    await visit.accessible();
  });

  test('a wrong password says so, and the right one goes on', async () => {
    await somebody();
    await visit.page.getByRole('button', {name: 'Account and appearance'}).click();
    await visit.page.getByRole('button', {name: 'Sign out'}).click();
    await visit.page.getByLabel('E-mail').fill(`user${count}@example.org`);
    await visit.page.getByLabel('Password').fill('not this one');
    await visit.page.keyboard.press('Enter');
    await visit.page.getByText('No account has this e-mail and this password.').waitFor();
    await visit.page.getByLabel('Password').fill('a long password');
    await visit.page.keyboard.press('Enter');
    await visit.page.getByRole('heading', {name: 'Work', level: 1}).waitFor();
  });
});

describe('the list', () => {
  test('with nothing in it says what will come', async () => {
    await somebody();
    await visit.page.getByRole('heading', {name: 'Nothing has run yet'}).waitFor();
    await visit.picture('work-empty');
  });

  test('shows a job from its beginning to its end, with steps, log and result', async () => {
    const rest = await somebody();
    const {id} = await rest.submit('nightly-backup', {steps: ['snapshot', 'copy', 'verify'], payload: {title: 'Backup of the archive'}});
    const row = visit.page.locator(`[data-job="${id}"]`);
    await row.getByText('Waiting', {exact: true}).waitFor();
    await row.getByRole('link', {name: 'Backup of the archive'}).waitFor();
    await expect(new Rest(server.url).call(`/api/v1/jobs/${id}`)).rejects.toThrow('404');
    await row.getByRole('button', {name: /Show details/}).click();
    await row.getByRole('list', {name: 'Steps'}).waitFor();
    await row.getByRole('button', {name: 'Cancel Backup of the archive'}).click();
    await row.getByText('Cancelled', {exact: true}).waitFor();
    await row.getByRole('button', {name: 'Retry Backup of the archive'}).click();
    await visit.page.locator('.row').nth(1).waitFor();
    expect(await visit.page.locator('.row').count()).toBe(2);
  });

  test('shows the files of a job as they are uploaded, to be saved and passed on', async () => {
    const rest = await somebody();
    const type = `render-${++count}`;
    const {id} = await rest.submit(type);
    const job = await rest.claim(type);
    await visit.go(`/job/${id}`);
    await visit.live();
    await job.upload('Übersicht 1.csv', 'a,b');
    await visit.page.getByRole('heading', {name: 'Files 1'}).waitFor();
    await visit.page.getByText('3 bytes').waitFor();
    await job.upload('page.html', '<script>alert(1)</script>');
    await visit.page.getByRole('heading', {name: 'Files 2'}).waitFor();
    await job.complete();
    const [saved] = await Promise.all([
      visit.page.waitForEvent('download'),
      visit.page.getByRole('button', {name: 'page.html', exact: true}).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('page.html');
    await visit.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await visit.page.getByRole('button', {name: 'Copy link to Übersicht 1.csv'}).click();
    await visit.page.getByText('is in the clipboard').waitFor();
    const url = await visit.page.evaluate(() => navigator.clipboard.readText());
    expect(await (await fetch(url)).text()).toBe('a,b');
    await visit.accessible();
  });

  test('two users do not see each other, not even by the address', async () => {
    const rest = await somebody();
    const {id} = await rest.submit('secret-work', {payload: {title: 'Mine alone'}});
    await visit.page.getByText('Mine alone').waitFor();
    const other = await Visit.begin(browser, server.url);
    await other.register(`other${count}@example.org`, 'a long password');
    await other.live();
    await other.page.getByRole('heading', {name: 'Nothing has run yet'}).waitFor();
    const again = await rest.submit('secret-work', {payload: {title: 'Mine alone, too'}});
    await visit.page.getByText('Mine alone, too').waitFor();
    expect(await other.page.getByText('Mine alone').count()).toBe(0);
    for (const job of [id, again.id]) {
      await other.go(`/job/${job}`);
      await other.page.getByRole('heading', {name: 'There is no such job'}).waitFor();
    }
    await other.end();
  });
});

describe('live work', () => {
  let work: Rest;

  beforeEach(async () => {
    work = new Rest(server.url); // anonymous work, which this test can do itself
    await visit.go('/');
    await visit.live();
  });

  test('a server that is killed and started again is followed without a reload', async () => {
    const {id} = await work.submit('long-haul', {steps: ['load', 'drive', 'unload'], payload: {title: 'Lorry to Kiel'}});
    const job = await work.claim('long-haul');
    await job.progress({progress: 34, stage: 'drive', message: '120 of 350 km'});
    const row = visit.page.locator(`[data-job="${id}"]`);
    await row.getByText('120 of 350 km').waitFor();
    await visit.page.evaluate(() => Object.assign(window, {sameDocument: true}));
    await server.kill();
    await visit.page.locator('.link-state[data-state=offline]').waitFor();
    await visit.page.getByText('You see how things stood at').waitFor();
    await visit.picture('work-offline');
    await server.restart();
    await job.progress({progress: 60, stage: 'drive', message: '210 of 350 km'});
    await row.getByText('210 of 350 km').waitFor();
    await visit.live();
    await job.complete({km: 350});
    await row.getByText('Completed', {exact: true}).waitFor();
    expect(await visit.page.evaluate(() => 'sameDocument' in window)).toBe(true);
  });

  test('a waiting job says how many are before it, and moves up', async () => {
    await work.submit('scan', {queue: 'scanner'});
    const {id} = await work.submit('scan', {queue: 'scanner'});
    await visit.go(`/job/${id}`);
    await visit.page.getByText('1 job before it').waitFor();
    await work.call('/api/v1/jobs/claim', {worker_id: 'test', queue: 'scanner'});
    await visit.page.getByText('next in its queue').waitFor();
    await visit.accessible();
  });

  test('details follow the log and show the error of a failed job', async () => {
    const {id} = await work.submit('copy', {payload: {title: 'Copy of the tapes'}});
    const job = await work.claim('copy');
    await visit.go(`/job/${id}`);
    await job.logs(['opening /dev/st0', {text: 'tape 3 is worn', stream: 'stderr'}]);
    await visit.page.getByRole('log').getByText('tape 3 is worn').waitFor();
    await job.logs(['copying']);
    await visit.page.getByRole('log').getByText('copying').waitFor();
    await job.fail('The tape broke at block 8,812');
    await visit.page.getByRole('alert').getByText('The tape broke at block 8,812').waitFor();
    await visit.picture('job-failed');
    await visit.accessible();
  });

  test('what runs, stalls, waits and has ended is told apart at a glance', async () => {
    const submitted = async (title: string, steps: string[] = []) => {
      const type = title.toLowerCase().replace(/[^a-z]+/g, '-');
      await work.submit(type, {steps, payload: {title}});
      return (leaseSeconds?: number) => work.claim(type, leaseSeconds);
    };
    await submitted('Weekly report');
    const [full, broken, quiet, video, model] = await Promise.all([
      submitted('Backup of the archive', ['snapshot', 'copy', 'verify']), submitted('Import of the March samples'),
      submitted('Mail to all customers'), submitted('Training film', ['probe', 'encode', 'mux']), submitted('Demand forecast', ['load', 'fit']),
    ]);
    await (await full()).complete({files: 1_300});
    await (await broken()).fail('The disk /mnt/archive is full: 0 bytes left of 4 TB. Free some space, then retry.');
    const film = await video();
    await film.progress({done: 1_183, total: 1_300, stage: 'encode', message: '1,183 of 1,300 frames'});
    await (await model()).progress({progress: 34, stage: 'fit', message: 'epoch 17 of 50'});
    await (await quiet(10)).progress({progress: 62, message: '620 of 1,000 sent'});
    const row = (title: string) => visit.page.locator('.row').filter({hasText: title});
    await row('Mail to all customers').getByText('Stalled').waitFor();
    await row('Training film').getByText('63 %').waitFor();
    await row('Backup of the archive').getByText('Completed').waitFor();
    await row('Import of the March samples').getByText('Failed').waitFor();
    await visit.picture('work');
    await visit.accessible();
  });

  test('everything is reached by keyboard', async () => {
    const {id} = await work.submit('by-hand', {payload: {title: 'By hand'}});
    await visit.page.locator(`[data-job="${id}"]`).waitFor();
    await visit.page.keyboard.press('Tab');
    expect(await visit.page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page');
    await visit.page.getByRole('link', {name: 'By hand'}).focus();
    await visit.page.keyboard.press('Tab');
    await visit.page.keyboard.press('Enter'); // cancel
    await visit.page.locator(`[data-job="${id}"]`).getByText('Cancelled', {exact: true}).waitFor();
    await visit.page.getByRole('button', {name: 'Show details of By hand'}).press('Space');
    await visit.page.getByRole('button', {name: 'Hide details of By hand'}).waitFor();
  });

  test('fits a phone, dark, with long names', async () => {
    const name = 'Qualifizierungscharge-mit-einem-sehr-langen-Namen-ohne-Trennstelle-2026-11-21';
    const {id} = await work.submit('long-name', {payload: {title: name}, steps: ['read', 'write']});
    const job = await work.claim('long-name');
    await job.progress({progress: 47, stage: 'read', message: `Reading ${name}.csv, which has a long name, too`});
    const phone = await Visit.begin(browser, server.url, {phone: true, dark: true});
    await phone.go('/');
    await phone.page.locator(`[data-job="${id}"]`).getByText('47 %').waitFor();
    await phone.fitsTheWidth();
    await phone.picture('work-phone-dark');
    await phone.accessible();
    await phone.end();
    await job.complete();
  });
});

describe('a thousand jobs', () => {
  test('are listed, searched and kept up to date without stutter', async () => {
    const rest = await somebody();
    await Promise.all(Array.from({length: 10}, (_, lane) => hundred(rest, lane)));
    await visit.page.locator('.row').nth(999).waitFor({state: 'attached'});
    await visit.page.getByRole('searchbox', {name: 'Search work'}).fill('batch 7-42');
    await visit.page.locator('.row').nth(1).waitFor({state: 'detached'});
    await visit.page.getByRole('searchbox', {name: 'Search work'}).fill('');
    await visit.page.locator('.row').nth(999).waitFor({state: 'attached'});
    await visit.page.mouse.move(640, 500);
    await visit.page.mouse.wheel(0, 20_000);
    await visit.page.reload();
    await visit.page.locator('.row').nth(999).waitFor({state: 'attached'});
    await visit.picture('work-thousand');
  });
});

async function hundred(rest: Rest, lane: number): Promise<void> {
  for (let at = 0; at < 100; at++) {
    await rest.submit('batch', {payload: {title: `batch ${lane}-${at}`}});
  }
}
