import type {Browser} from 'playwright-core';
import {afterAll, afterEach, test} from 'vitest';
import {launch} from '../server/visit.js';
import {documents, sections} from './blocks.js';
import {Sample} from './sample.js';

/** Whatever has blocks of code, but for the protocol, which has a test of its own. */
const DOCUMENTS = documents().filter((path) => path !== 'docs/protocol.md');

let browser: Promise<Browser> | undefined;
let sample: Sample | undefined;

afterEach(async () => sample?.end());
afterAll(async () => (await browser)?.close());

for (const document of DOCUMENTS) {
  for (const {title, blocks} of sections(document)) {
    test(`${document}, ${title}: does what it says`, {timeout: 180_000}, async () => {
      sample = new Sample(() => (browser ??= launch()));
      await sample.prepare();
      for (const block of blocks) {
        await sample.run(block).catch((failure: Error) => {
          throw new Error(`${document}:${block.line}: ${failure.message}`);
        });
      }
    });
  }
}
