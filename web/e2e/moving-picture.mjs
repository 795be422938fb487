// Films a page: node moving-picture.mjs URL FILE.gif

import {writeFileSync} from 'node:fs';
import gif from 'gifenc';
import {chromium} from 'playwright-core';
import {PNG} from 'pngjs';

const [url, file] = process.argv.slice(2);
const FRAMES = 30;
const FRAME_MS = 600;
const SIZE = {width: 960, height: 400};
/** What stays as it was in the frame before takes no room in the file. */
const UNCHANGED = 0;

const browser = await chromium.launch({
  executablePath: process.env.HEADWAY_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
});
const page = await browser.newPage({viewport: SIZE});
await page.goto(url);
await page.locator('progress, [role=progressbar]').first().waitFor();
const frames = [];
for (let number = 0; number < FRAMES; number++) {
  const shot = page.screenshot();
  await Promise.all([shot, page.waitForTimeout(FRAME_MS)]);
  frames.push(PNG.sync.read(await shot).data);
  process.stderr.write(`\rframe ${number + 1} of ${FRAMES}`);
}
await browser.close();
process.stderr.write('\n');

const palette = [[0, 0, 0], ...gif.quantize(frames.at(-1), 255)];
const encoder = gif.GIFEncoder();
let before;
for (const pixels of frames) {
  const indices = gif.applyPalette(pixels, palette.slice(1)).map((index) => index + 1);
  const changed = before === undefined ? indices : indices.map((index, at) => (index === before[at] ? UNCHANGED : index));
  encoder.writeFrame(changed, SIZE.width, SIZE.height, {
    palette, delay: FRAME_MS, transparent: true, transparentIndex: UNCHANGED, dispose: 1,
  });
  before = indices;
}
encoder.finish();
writeFileSync(file, encoder.bytes());
