import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vite';

/** The single script file: everything but the React hook, as the global `headway`. */
export default defineConfig({
  resolve: {
    alias: [
      {
        find: './start.js',
        replacement: fileURLToPath(new URL('src/shared/start-script.ts', import.meta.url)),
      },
    ],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    lib: {entry: 'src/script.ts', name: 'headway', formats: ['iife'], fileName: () => 'headway.js'},
  },
});
