// A copy of the project in which sources are changed and tests run, so that the project itself stays as it is.

import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeModule, projectRoot } from '../lib/paths.mjs';

/** Folders that are used as they are, because no test changes what is in them. */
const shared = ['node_modules', '.runtime'];

export function createWorkspace() {
  const folder = mkdtempSync(join(tmpdir(), 'afterimage-mutants-'));
  const options = { cwd: projectRoot, encoding: 'utf8', maxBuffer: 2 ** 26 };
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], options);
  for (const file of listed.split('\0').filter((name) => name && existsSync(join(projectRoot, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(projectRoot, file), join(folder, file));
  }
  for (const name of shared)
    if (existsSync(join(projectRoot, name))) symlinkSync(join(projectRoot, name), join(folder, name));
  return {
    folder,
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    write: (file, text) => writeFileSync(join(folder, file), text),
    remove: () => rmSync(folder, { recursive: true, force: true }),
    runVitest: (args, timeoutMs) => runVitest(folder, args, timeoutMs),
  };
}

/**
 * @param {string} folder
 * @param {string[]} args of vitest
 * @param {number} timeoutMs
 * @returns {Promise<'passed' | 'failed' | 'timed out'>}
 */
async function runVitest(folder, args, timeoutMs) {
  // A group of its own, so that a test that never ends goes with its children.
  const child = spawn(process.execPath, [nodeModule('vitest', 'vitest.mjs'), ...args], {
    cwd: folder,
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, CI: '' },
  });
  let hasTimedOut = false;
  const timer = setTimeout(() => {
    hasTimedOut = true;
    process.kill(-child.pid, 'SIGKILL');
  }, timeoutMs);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
  if (hasTimedOut) return 'timed out';
  return code === 0 ? 'passed' : 'failed';
}
