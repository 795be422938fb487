import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vite';

const client = fileURLToPath(new URL('../client/src/index.ts', import.meta.url));

/** `npm run dev` shows the pages of the sources; their data comes from a server that runs here. */
const server = process.env['HEADWAY_URL'] ?? 'http://localhost:8000';

export default defineConfig({
  resolve: {alias: {'@headway/client': client}},
  build: {target: 'es2022', assetsInlineLimit: 0, modulePreload: {polyfill: false}},
  server: {proxy: {'/api': {target: server, ws: true}, '/health': server}},
});
