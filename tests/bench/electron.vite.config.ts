// Builds the main process of the benchmark's "before" app with the same settings as the app's own.
import { defineConfig } from 'electron-vite';
import { mainBuild } from '../../electron.vite.config';

export default defineConfig({
  main: {
    build: {
      ...mainBuild,
      outDir: 'out/before',
      rolldownOptions: { ...mainBuild.rolldownOptions, input: { index: 'tests/bench/before/index.ts' } },
    },
  },
});
