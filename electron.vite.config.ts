// How the three bundles are built: main (with the generator beside it), preload, renderer.
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Native addons and their loaders stay packages; everything else goes into the bundles, so that they load fast. */
const native = ['better-sqlite3', '@napi-rs/canvas'];
/** Under the LGPL, so it stays a package that can be replaced. */
const replaceable = [/^libheif-js/];

/** The benchmark builds another main process in the same way. */
export const mainBuild = {
  target: 'node20',
  minify: true,
  externalizeDeps: false,
  rolldownOptions: { input: { index: 'electron/main/index.ts' }, external: [...native, ...replaceable] },
};

/** The build of `fflate` for Node requires threads, which nothing here needs, in a form that breaks minified bundles. */
export const mainResolve = { alias: { fflate: 'fflate/browser' } };

export default defineConfig({
  main: { build: mainBuild, resolve: mainResolve },
  preload: {
    build: {
      rolldownOptions: {
        input: { index: 'electron/preload/index.ts' },
        // A sandboxed preload has to be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: 'chrome130',
      minify: true,
      // Absolute: the development server looks for it from the renderer's own root.
      rolldownOptions: {
        input: { index: path.resolve('renderer/index.html') },
        // The first paint needs one file only: each further one is a request to the busy main process.
        output: { codeSplitting: { groups: [{ name: 'common', minShareCount: 2 }] } },
      },
    },
  },
});
