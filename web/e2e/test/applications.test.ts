import {afterAll, beforeAll, expect, test} from 'vitest';
import type {Browser} from 'playwright-core';
import {AppServer} from './server/app-server.js';
import {launch, Visit} from './server/visit.js';

let browser: Browser;
let server: AppServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), AppServer.start({HEADWAY_APPLICATIONS: 'jobs,spc'})]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('a server without filling and analyses: no section, no button and no page of theirs', async () => {
  const visit = await Visit.begin(browser, server.url);
  try {
    await visit.go('/');
    const sections = visit.page.getByRole('navigation', {name: 'Sections'});
    await sections.getByText('Process').waitFor();
    expect(await sections.getByRole('link').allInnerTexts()).toEqual(['Work', 'Process']);
    expect(await visit.page.getByText(/schedule/i).count()).toBe(0);
    await visit.go('/schedules/new');
    await visit.page.getByText('There is no such page').waitFor();
  } finally {
    await visit.end();
  }
});
