// Writes src/contract.ts from the server's OpenAPI and AsyncAPI documents.
//   node codegen/contract.mjs           writes it
//   node codegen/contract.mjs --check   says whether it is what would be written
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {basename} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parse} from 'yaml';
import {declarations} from './declarations.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const TARGET = fileURLToPath(new URL('../src/contract.ts', import.meta.url));
const HEAD = `/**
 * What travels between client and server, as the server's \`/openapi.yaml\` and \`/asyncapi.yaml\` say.
 * Written by codegen/contract.mjs; do not edit.
 */

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | {[key: string]: Json};
`;

/** The documents of this name, the server's own first: what it says holds for its applications. */
function documents(name) {
  return readdirSync(ROOT)
    .filter((module) => module.startsWith('headway-'))
    .sort((a, b) => Number(b === 'headway-server') - Number(a === 'headway-server') || (a < b ? -1 : 1))
    .map((module) => `${ROOT}${module}/src/main/resources/dev/headway/${module.slice(8)}/${name}`)
    .filter(existsSync)
    .map((file) => parse(readFileSync(file, 'utf8')));
}

/** Everything that has a name: schemas as they are called, frames as `…Frame`. */
function named() {
  const all = new Map();
  const add = (name, schema) => {
    const earlier = all.get(name);
    if (earlier === undefined) {
      all.set(name, schema);
    } else if (earlier.anyOf !== undefined && schema.anyOf !== undefined) { // grows by what an application adds
      earlier.anyOf.push(...schema.anyOf);
    }
  };
  const frames = documents('asyncapi.yaml');
  for (const {components} of [...documents('openapi.yaml'), ...frames]) {
    Object.entries(components?.schemas ?? {}).forEach(([name, schema]) => add(name, schema));
  }
  for (const {components} of frames) {
    for (const [name, {summary, payload}] of Object.entries(components?.messages ?? {})) {
      add(name.replace(/(Frame)?$/, 'Frame'), {description: summary, ...payload});
    }
  }
  return all;
}

const text = HEAD + declarations(named());
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, text);
} else if (!existsSync(TARGET) || readFileSync(TARGET, 'utf8') !== text) {
  console.error(`${basename(TARGET)} differs from the server's documents: npm run contract -w @headway/client`);
  process.exit(1);
}
