// Bundles a TypeScript entry into one JavaScript module that Node can run.

import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { projectRoot } from '../lib/paths.mjs';

/**
 * @param {string} entry relative to the project
 * @returns {Promise<{ folder: string, file: string }>} the module in a new folder under node_modules, where its imports
 *   resolve. The caller removes the folder.
 */
export async function bundle(entry) {
  const folder = await mkdtemp(join(projectRoot, 'node_modules', '.bundle-'));
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      ssr: entry,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'bundle.mjs' } },
    },
  });
  return { folder, file: join(folder, 'bundle.mjs') };
}
