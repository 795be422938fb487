// Compresses the pages once for all browsers that take Brotli: compress.mjs FOLDER. Every text of a kilobyte or more gets a
// neighbour with ".br" behind its name.
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {brotliCompressSync} from 'node:zlib';

const SMALLEST = 1_024;
const [folder] = process.argv.slice(2);
for (const name of readdirSync(folder, {recursive: true})) {
  const file = join(folder, name);
  if (/\.(js|css|svg|html)$/.test(name) && readFileSync(file).length >= SMALLEST) {
    writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
  }
}
