import {existsSync, readFileSync} from 'node:fs';
import {mkdir} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {type Browser, type BrowserContext, chromium, type Page} from 'playwright-core';
import {expect} from 'vitest';

const CHROMIUM = process.env['HEADWAY_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--font-render-hinting=none',
];
/** Where pictures go; HEADWAY_PICTURES=../../docs/images renews those of the documents. */
const PICTURES = process.env['HEADWAY_PICTURES'] ?? fileURLToPath(new URL('../../target/pictures', import.meta.url));

/** How long a page may take for what is bound to come: a machine that builds may be busy with other things. */
const PATIENCE_MS = 120_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeViolation {
  id: string;
  nodes: {html: string; failureSummary?: string}[];
}

export async function launch(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`No Chromium at ${CHROMIUM}: apt-get install chromium, or set HEADWAY_CHROMIUM`);
  }
  await mkdir(PICTURES, {recursive: true});
  return chromium.launch({executablePath: CHROMIUM, args: ARGUMENTS});
}

export interface Looks {
  dark?: boolean;
  phone?: boolean;
  width?: number;
  height?: number;
}

/** A visitor of the pages, with a browser profile of their own. Any error of a page fails the test. */
export class Visit {
  readonly faults: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly url: string,
  ) {}

  static async begin(browser: Browser, url: string, looks: Looks = {}): Promise<Visit> {
    const viewport = looks.phone ? {width: 390, height: 844} : {width: looks.width ?? 1280, height: looks.height ?? 800};
    const context = await browser.newContext({viewport, colorScheme: looks.dark ? 'dark' : 'light', timezoneId: 'Europe/Berlin'});
    context.setDefaultTimeout(PATIENCE_MS);
    const visit = new Visit(context, await context.newPage(), url);
    visit.page.on('pageerror', (fault) => visit.faults.push(fault.message));
    visit.page.on('console', (message) => {
      if (/Content Security Policy|TypeError|Uncaught/.test(message.text())) {
        visit.faults.push(message.text());
      }
    });
    return visit;
  }

  async go(path: string): Promise<void> {
    await this.page.goto(this.url + path);
  }

  /** Makes an account by the form, which signs in. */
  async register(email: string, password: string): Promise<void> {
    await this.go('/');
    await this.page.getByRole('heading', {level: 1}).first().waitFor();
    if ((await this.page.getByRole('heading', {name: 'Sign in to Headway'}).count()) === 0) {
      await this.page.getByRole('button', {name: 'Account and appearance'}).click();
      await this.page.getByRole('button', {name: 'Sign in', exact: true}).click();
    }
    await this.page.getByRole('button', {name: 'Make an account'}).click();
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', {name: 'Make the account'}).click();
    await this.page.getByRole('heading', {name: 'Work', level: 1}).waitFor();
  }

  /** The visitor's token, for what the test does on their behalf. */
  token(): Promise<string> {
    return this.page.evaluate(() => localStorage.getItem('headway.token') ?? '');
  }

  /** Until the page says that it is live. */
  async live(): Promise<void> {
    await this.page.locator('.link-state[data-state=live]').waitFor();
  }

  async picture(name: string): Promise<void> {
    await this.page.evaluate(() => document.fonts.ready);
    await this.page.screenshot({path: `${PICTURES}/${name}.png`, animations: 'disabled'});
  }

  /** Whether tools that test accessibility (axe, WCAG 2.2 AA) find nothing wrong. */
  async accessible(): Promise<void> {
    await this.page.evaluate(AXE);
    const found = await this.page.evaluate(async () => {
      const axe = (window as unknown as {axe: {run: (options: object) => Promise<{violations: AxeViolation[]}>}}).axe;
      const {violations} = await axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']});
      return violations.map(({id, nodes}) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 120)} ${node.failureSummary ?? ''}`).slice(0, 3).join(' | ')}`);
    });
    expect(found).toEqual([]);
  }

  /** Whether nothing sticks out at the side. */
  async fitsTheWidth(): Promise<void> {
    expect(await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }

  /** A finger that is put down at one point, drawn to another and lifted there. */
  async swipe(from: {x: number; y: number}, to: {x: number; y: number}): Promise<void> {
    const session = await this.context.newCDPSession(this.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: {x: number; y: number}[]) => session.send('Input.dispatchTouchEvent', {type, touchPoints});
    await touch('touchStart', from);
    for (const share of [0.2, 0.4, 0.6, 0.8, 1]) {
      await touch('touchMove', {x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share});
    }
    await touch('touchEnd');
    await session.detach();
  }

  async end(): Promise<void> {
    await this.context.close();
    expect(this.faults).toEqual([]);
  }
}
