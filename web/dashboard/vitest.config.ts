import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vitest/config';

const client = (path: string) => fileURLToPath(new URL(`../client/src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {alias: {'@headway/client/element': client('element.ts'), '@headway/client': client('index.ts')}},
  test: {include: ['test/**/*.test.ts'], env: {TZ: 'Europe/Berlin'}}, // where clocks change
});
