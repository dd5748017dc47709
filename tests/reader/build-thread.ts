// Builds the reader's thread of the tests, as electron-vite builds the app's.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { afterAll } from 'vitest';

/** Returns the path of the bundle. It is under node_modules, so that its imports can be resolved. */
export async function buildThread(): Promise<string> {
  const outDir = path.join(process.cwd(), 'node_modules', `.reader-${process.pid}`);
  afterAll(() => rmSync(outDir, { recursive: true, force: true }));
  await build({
    configFile: false,
    logLevel: 'silent',
    root: process.cwd(),
    build: {
      ssr: 'tests/reader/thread.ts',
      outDir,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'thread.mjs' } },
    },
  });
  return path.join(outDir, 'thread.mjs');
}
