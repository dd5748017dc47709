// Makes one plain module of a TypeScript entry, so that Node can run it.

import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { projectRoot } from '../lib/paths.mjs';

/**
 * @param {string} entry relative to the project
 * @returns {Promise<{ folder: string, file: string }>} the module, in a folder of its own under node_modules, where
 *   its imports are found. The caller removes the folder.
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
