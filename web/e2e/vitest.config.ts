import {defineConfig} from 'vitest/config';

/** One browser and one server at a time: the machine has other things to do. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
