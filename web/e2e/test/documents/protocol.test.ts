import {afterAll, beforeAll, expect, test} from 'vitest';
import {AppServer} from '../server/app-server.js';
import {sections} from './blocks.js';
import {Transcript} from './transcript.js';

let server: AppServer;

beforeAll(async () => void (server = await AppServer.start({HEADWAY_FPL_PLAN_SECONDS: '2'})));
afterAll(() => server?.stop());

for (const {title, blocks} of sections('docs/protocol.md')) {
  test(`docs/protocol.md, ${title}: the recorded examples happen as they are shown`, async () => {
    const transcript = new Transcript(server.url);
    for (const block of blocks) {
      expect(['http', 'frames'], `line ${block.line}`).toContain(block.language);
      await transcript.replay(block).catch((failure: Error) => {
        throw new Error(`docs/protocol.md:${block.line}: ${failure.message}`);
      });
    }
  });
}
