import type {Browser} from 'playwright-core';
import {afterAll, test} from 'vitest';
import {launch} from '../server/visit.js';
import {type Block, documents, sections} from './blocks.js';
import {Sample} from './sample.js';

/** Whatever has blocks of code, but for the protocol, which has a test of its own. */
const DOCUMENTS = documents().filter((path) => path !== 'docs/protocol.md');

let browser: Promise<Browser> | undefined;

afterAll(async () => (await browser)?.close());

/** Does what the blocks of a section say, one after the other. */
async function follow(document: string, blocks: Block[]): Promise<void> {
  const sample = new Sample(() => (browser ??= launch()));
  try {
    await sample.prepare();
    for (const block of blocks) {
      await sample.run(block).catch((failure: Error) => {
        throw new Error(`${document}:${block.line}: ${failure.message}`);
      });
    }
  } finally {
    await sample.end();
  }
}

for (const document of DOCUMENTS) {
  for (const {title, blocks} of sections(document)) {
    test.concurrent(`${document}, ${title}: does what it says`, () => follow(document, blocks));
  }
}
