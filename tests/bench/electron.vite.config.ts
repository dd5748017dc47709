// Builds the main process of the benchmark's Before beside the app's own, and as that is built.
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
