// Builds the main process of the benchmark's Before beside the app's own.
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      target: 'node20',
      outDir: 'out/before',
      rolldownOptions: { input: { index: 'tests/bench/before/index.ts' } },
    },
  },
});
