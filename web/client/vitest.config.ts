import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/server/jvm.ts'],
    testTimeout: 300_000, // against a hang: what is waited for has limits of its own
    hookTimeout: 300_000,
    maxWorkers: 3, // they wait more than they work
  },
});
