import {existsSync} from 'node:fs';
import {type Browser, chromium} from 'playwright-core';

const CHROMIUM = process.env['HEADWAY_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];

/** A Chromium of the tests' own. */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`No Chromium at ${CHROMIUM}: apt-get install chromium, or set HEADWAY_CHROMIUM`);
  }
  return chromium.launch({executablePath: CHROMIUM, args: ARGUMENTS});
}
