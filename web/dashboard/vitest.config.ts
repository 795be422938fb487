import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vitest/config';

const client = fileURLToPath(new URL('../client/src/index.ts', import.meta.url));

export default defineConfig({
  resolve: {alias: {'@headway/client': client}},
  test: {include: ['test/**/*.test.ts'], env: {TZ: 'Europe/Berlin'}}, // where clocks change
});
