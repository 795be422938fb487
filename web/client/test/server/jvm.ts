import {cpSync, existsSync, rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'vite';

/** Where Maven writes what a server is started with. */
export const CLASSPATH = fileURLToPath(new URL('../../../target/server.classpath', import.meta.url));
export const CLASSES = fileURLToPath(new URL('../../../target/test-classes', import.meta.url));
/** What the server hands out: the built client, as `/headway.js` and as modules, and `/pages/…`. */
export const PAGES = fileURLToPath(new URL('../../../target/pages', import.meta.url));
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const SOURCES = fileURLToPath(new URL('../pages', import.meta.url));

/** The tests talk to the real server, which has to be compiled, and show its pages in a browser. */
export default async function setup(): Promise<void> {
  if (!existsSync(CLASSPATH) || !existsSync(CLASSES) || !existsSync(DIST)) {
    throw new Error('The server is not compiled; run ./build, which runs these tests, too');
  }
  rmSync(PAGES, {recursive: true, force: true});
  cpSync(DIST, `${PAGES}/web`, {recursive: true});
  cpSync(SOURCES, `${PAGES}/web/pages`, {recursive: true});
  await bundle('hook');
}

/** A page's script with React in it, as one file. */
async function bundle(name: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    define: {'process.env.NODE_ENV': '"production"'},
    build: {
      outDir: `${PAGES}/web/pages`,
      emptyOutDir: false,
      lib: {entry: `${SOURCES}/${name}.ts`, name, formats: ['iife'], fileName: () => `${name}.js`},
    },
  });
}
