import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {ROOT} from './blocks.js';

const read = (path: string) => readFileSync(ROOT + path, 'utf8');
const tracked = (...patterns: string[]) =>
  execFileSync('find', ['.', '-not', '-path', '*/node_modules/*', '-not', '-path', '*/target/*', '(', ...patterns, ')'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).trim().split('\n');

test('the version: what repeats it agrees with pom.xml', () => {
  const version = execFileSync('scripts/version.sh', {cwd: ROOT, encoding: 'utf8'}).trim();
  const released = version.replace('-SNAPSHOT', '');
  for (const pom of tracked('-name', 'pom.xml')) {
    expect(read(pom), pom).toMatch(new RegExp(`^ +<version>${version}</version>`, 'm'));
  }
  for (const name of ['client', 'dashboard', 'e2e']) {
    expect(JSON.parse(read(`web/${name}/package.json`)), name).toMatchObject({version: released});
  }
  for (const document of tracked('-path', '*/src/main/*/openapi.yaml', '-o', '-path', '*/src/main/*/asyncapi.yaml')) {
    const said = /^  version: (.*)$/m.exec(read(document))?.[1] ?? released; // a part of a document may leave it out
    expect(said, document).toBe(released);
  }
  for (const document of ['docs/quick-starts.md', 'docs/client-guide.md', 'docs/integrations.md', 'docs/operations.md']) {
    const files = [...read(document).matchAll(/headway[a-z_-]*[_-](\d+\.\d+\.\d+)/g)].map(([, named]) => named);
    expect(files.filter((named) => named !== released), document).toEqual([]);
  }
  expect(read('clients/python/headway/__init__.py')).toContain(`__version__ = "${released}"`);
});
