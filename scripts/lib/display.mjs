// Provides a display for Electron: the user's own, or a virtual one (Xvfb) while something runs on it.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError, say } from './report.mjs';

const screen = '1920x1200x24';
const readyWithinMs = 20_000;
/** The virtual displays, separated by commas. tests/e2e/fixture.ts gives one to each worker. */
const displaysVariable = 'AFTERIMAGE_TEST_DISPLAYS';

/** Returns whether windows need a virtual display. */
export function lacksDisplay(platform = process.platform, env = process.env) {
  return platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
}

/**
 * Runs `work` with the environment of a display, under Xvfb where there is none. `work` should start its programs
 * with `runInForeground`, which stops them and then this process when a signal asks for it.
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work gets the environment for the programs that it starts
 * @param {number} [count] how many virtual displays to start, so that apps that run at once do not take each other's
 * focus or clipboard; the first one is `DISPLAY`
 * @returns {Promise<T>}
 */
export async function withDisplay(work, count = 1) {
  if (!lacksDisplay()) return work(process.env);
  const displays = await startXvfb(count);
  // Xvfb must not outlive this process, however it ends (runInForeground handles signals).
  process.on('exit', displays.remove);
  try {
    return await work({ ...process.env, ...displays.env });
  } finally {
    process.off('exit', displays.remove);
    displays.remove();
  }
}

async function startXvfb(count) {
  const folder = await mkdtemp(join(tmpdir(), 'afterimage-display-'));
  const authority = join(folder, 'authority');
  await writeFile(authority, authorityEntry(randomBytes(16)), { mode: 0o600 });
  const args = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-auth', authority];
  const children = [];
  const remove = () => {
    for (const child of children) child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const names = [];
    // One after the other, because two that start at once may try the same number.
    for (let started = 0; started < count; started++) {
      const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
      children.push(child);
      names.push(`:${await displayNumber(child)}`);
    }
    const shared = { XAUTHORITY: authority, [displaysVariable]: names.join() };
    // These displays are invisible, so the app must not wait for a user to close a dialog.
    return { remove, env: { ...shared, DISPLAY: names[0], AFTERIMAGE_UNATTENDED: '1' } };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Resolves with the display's number, which Xvfb writes when it is ready. */
function displayNumber(child) {
  return new Promise((resolve, reject) => {
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    const fail = (why) => reject(new SetupError(`The virtual display (Xvfb) ${why}.\n${errors.trim()}`));
    const timer = setTimeout(() => fail('did not get ready in time'), readyWithinMs);
    child.stdio[3].setEncoding('utf8').on('data', (text) => {
      clearTimeout(timer);
      resolve(text.trim());
    });
    child.on('error', (error) => fail(`could not be started: ${error.message}`));
    child.on('exit', () => fail('ended at once'));
  });
}

/**
 * Returns an X authority file with one secret for any display number, so that no other user of this machine can see
 * or control the virtual screen. Format: family, address, number, name, data; each but the first with
 * its length in two bytes before it.
 * @param {Buffer} secret
 */
export function authorityEntry(secret) {
  const anyDisplay = Buffer.from([0xff, 0xff]);
  const counted = (bytes) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
  const [address, number] = [Buffer.alloc(0), Buffer.alloc(0)];
  const name = Buffer.from('MIT-MAGIC-COOKIE-1');
  return Buffer.concat([anyDisplay, ...[address, number, name, secret].map(counted)]);
}

/**
 * Returns the switches that Electron needs on this machine: Chromium's sandbox refuses to run as root.
 * @returns {string[]}
 */
export function electronArgs() {
  if (process.getuid?.() !== 0) return [];
  say('Running as root, so Chromium runs without its sandbox (--no-sandbox). An ordinary user has it.');
  return ['--no-sandbox'];
}
