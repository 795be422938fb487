import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

test('npm pack: the package holds the built client, its types and the licence', () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const packed = execFileSync('npm', ['pack', '--silent', '--dry-run', '--json'], {cwd: folder, encoding: 'utf8'});
  const [{files}] = JSON.parse(packed) as [{files: {path: string}[]}];
  const paths = files.map(({path}) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'dist/headway.js', 'LICENSE', 'README.md']),
  );
});
