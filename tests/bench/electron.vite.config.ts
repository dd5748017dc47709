// Builds the main process of the benchmark's "before" app with the same settings as the app's own.
import { defineConfig } from 'electron-vite';
import { mainBuild, mainResolve } from '../../electron.vite.config';

export default defineConfig({
  main: {
    resolve: mainResolve,
    build: {
      ...mainBuild,
      outDir: 'out/before',
      rolldownOptions: { ...mainBuild.rolldownOptions, input: { index: 'tests/bench/before/index.ts' } },
    },
  },
});
