// A copy of the project in which sources are changed and tests run, so that the project itself is not changed.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
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

/** Folders that are linked instead of copied, because no test changes them. */
const shared = ['node_modules', '.runtime'];

/** The configuration of Vitest in a workspace. */
export const configFile = 'mutants.config.mjs';

/**
 * Returns the source of a configuration in which each test file has its own process: one that is shared would keep the
 * modules of the run before, so that a mutant would outlast its run.
 * @param {string} [more] further options of tests
 */
export function configOf(more = '') {
  return `import base from './vitest.config.ts';
export default { ...base, test: { ...base.test, projects: undefined, ${more} } };
`;
}

/** Copies the project into a temporary folder. The caller removes it with `remove`. */
export function createWorkspace() {
  const folder = mkdtempSync(join(tmpdir(), 'afterimage-mutants-'));
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  for (const file of listed.split('\0').filter((name) => name && existsSync(join(projectRoot, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(projectRoot, file), join(folder, file));
  }
  for (const name of shared)
    if (existsSync(join(projectRoot, name))) symlinkSync(join(projectRoot, name), join(folder, name));
  writeFileSync(join(folder, configFile), configOf());
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
 * @returns {Promise<void>} when vitest has ended
 */
async function runVitest(folder, args, timeoutMs) {
  const child = startNode(folder, [nodeModule('vitest', 'vitest.mjs'), ...args], 'ignore');
  const timer = setTimeout(() => killGroup(child), timeoutMs);
  await once(child, 'exit');
  clearTimeout(timer);
}

/** Starts a process group, so that a test that never ends is killed with its children. */
function startNode(folder, args, stdio) {
  return spawn(process.execPath, args, {
    cwd: folder,
    detached: true,
    stdio,
    env: { ...process.env, CI: '' },
  });
}

/** @param {import('node:child_process').ChildProcess} leader */
function killGroup({ pid }) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All processes of the group have ended.
  }
}

/** Mutants may leave processes running, which are killed with the process group of their vitest. */
const maxRunsOfOneProcess = 60;

/**
 * Runs test files in a process that stays; a new one is started after a timeout and once in a while.
 * @param {string} folder of a workspace
 */
export function createTestRunner(folder) {
  let child;
  let runs = 0;
  /** The file of the previous run, which may have been restored since. */
  let before = [];
  const stop = () => {
    if (child) killGroup(child);
    child = undefined;
  };
  const start = async () => {
    const script = join(folder, 'scripts/mutants/resident-vitest.mjs');
    child = startNode(folder, [script], ['ignore', 'ignore', 'ignore', 'ipc']);
    runs = 0;
    await once(child, 'message');
  };
  return {
    stop,
    /**
     * @param {string} changed the file that may not be as in the run before
     * @param {string[]} tests
     * @param {number} timeoutMs
     * @returns {Promise<{ outcome: 'passed' | 'failed' | 'timed out', failed: string[], hasWaited: boolean }>}
     *   `hasWaited`: a test has failed because something took too long
     */
    async run(changed, tests, timeoutMs) {
      if (runs >= maxRunsOfOneProcess) stop();
      if (!child) await start();
      runs += 1;
      child.send({ changed: [...before, changed], tests });
      before = [changed];
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), timeoutMs);
      try {
        const [answer] = await Promise.race([
          once(child, 'message', { signal: abort.signal }),
          once(child, 'exit', { signal: abort.signal }).then(() => [
            { failed: [], errors: 1, ran: 0, hasWaited: true },
          ]),
        ]);
        const hasFailed = answer.failed.length > 0 || answer.errors > 0;
        // A pending timer or request may disturb the next run.
        if (answer.hasWaited) stop();
        // Otherwise tests that have not run would decide whether a mutant survives.
        if (!hasFailed && answer.ran < tests.length)
          throw new Error(`Not all tests have run: ${tests.join(', ')}`);
        return {
          outcome: hasFailed ? 'failed' : 'passed',
          failed: answer.failed,
          hasWaited: answer.hasWaited,
        };
      } catch (error) {
        if (!abort.signal.aborted) throw error;
        stop();
        return { outcome: 'timed out', failed: [], hasWaited: true };
      } finally {
        clearTimeout(timer);
        // Removes the listener of what did not happen.
        abort.abort();
        if (child?.exitCode !== null || child?.signalCode !== null) child = undefined;
      }
    },
  };
}
