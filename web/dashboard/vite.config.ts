import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `npm run dev` shows the pages of the sources; their data comes from a server that runs here. */
const server = process.env['HEADWAY_URL'] ?? 'http://localhost:8000';

/** The page of a link is built by itself, in the mode `link`: whoever has one loads nothing of the others. */
export default defineConfig(({mode}) => ({
  resolve: {
    alias: {
      '@headway/client/element': here('../client/src/element.ts'),
      '@headway/client': here('../client/src/index.ts'),
    },
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    rollupOptions: {input: here(mode === 'link' ? 'watch.html' : 'index.html')},
  },
  server: {proxy: {'/api': {target: server, ws: true}, '/health': server}},
}));
