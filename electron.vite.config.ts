// How the three bundles are built: main (with the generator beside it), preload, renderer.
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      target: 'node20',
      rolldownOptions: { input: { index: 'electron/main/index.ts' } },
    },
  },
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
      rolldownOptions: { input: { index: path.resolve('renderer/index.html') } },
    },
  },
});
