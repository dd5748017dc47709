// Builds a script for a separate process or thread in the same way as the app, as one file, so that it starts fast.
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

/**
 * @param entry a TypeScript file; a relative path is relative to the project.
 * @returns the script's path. It is under node_modules, so that native addons can be resolved.
 */
export async function buildScript(entry: string): Promise<{ script: string; remove: () => void }> {
  const root = process.cwd();
  const outDir = mkdtempSync(path.join(root, 'node_modules', '.script-'));
  await build({
    ...{ configFile: false, logLevel: 'silent', root },
    resolve: { alias: { fflate: 'fflate/browser' } },
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir,
      target: 'node20',
      rolldownOptions: {
        external: ['better-sqlite3', '@napi-rs/canvas', /^libheif-js/],
        output: { entryFileNames: 'script.mjs' },
      },
    },
  });
  return {
    script: path.join(outDir, 'script.mjs'),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
