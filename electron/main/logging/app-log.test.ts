import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { startLogging } from './app-log';

const levels = ['error', 'warn', 'info', 'log', 'debug'] as const;
const before = Object.fromEntries(levels.map((level) => [level, console[level]]));
/** Lines that reached the console. */
let lines: unknown[][] = [];

beforeEach(() => {
  lines = [];
  for (const level of levels) console[level] = (...values: unknown[]) => void lines.push(values);
});
afterEach(() => {
  Object.assign(console, before);
});

// https://man7.org/linux/man-pages/man4/full.4.html
test.runIf(process.platform === 'linux')(
  'a line that a full disk refuses is no reason for another one',
  async () => {
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    mkdirSync(path.join(folder, 'logs'));
    symlinkSync('/dev/full', path.join(folder, 'logs/afterimage.log'));
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    startLogging(folder);
    console.error('a picture could not be stored');
    await expect.poll(() => said.mock.calls.flat().join('')).toContain('ENOSPC');
    const { length } = said.mock.calls;
    // Enough for thousands of further lines.
    for (let turn = 0; turn < 2000; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(lines).toEqual([['%s', 'a picture could not be stored']]);
    expect(said.mock.calls).toHaveLength(length);
    said.mockRestore();
  },
);
