import {defineConfig} from 'vite';

/** The single script file: everything but the React hook, as the global `headway`. */
export default defineConfig({
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    lib: {entry: 'src/script.ts', name: 'headway', formats: ['iife'], fileName: () => 'headway.js'},
  },
});
