// Runs a TypeScript program of tests/ in Node. On the command line: node scripts/app/run-bundled.mjs tests/…/run.ts

import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInForeground } from '../lib/commands.mjs';
import { bundle } from './bundle.mjs';

/**
 * @param {string} entry relative to the project
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
export async function runBundled(entry, args) {
  const { folder, file } = await bundle(entry);
  try {
    return await runInForeground(process.execPath, [file, ...args]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const [, scriptFile = '', entry = '', ...args] = process.argv;
if (resolve(scriptFile) === fileURLToPath(import.meta.url)) process.exitCode = await runBundled(entry, args);
