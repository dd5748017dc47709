import { renameSync, writeFileSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../main/test-support/temporary-folder';
import { renameReplacing, renameReplacingSync } from './rename-replacing';

let from: string;
let to: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  from = path.join(folder, 'new.part');
  to = path.join(folder, 'file');
  writeFileSync(from, 'new');
  writeFileSync(to, 'old');
});

/** Stands for Windows, which refuses the first renames as if another program had the file open. */
function refusing(code: string, times: number) {
  let attempts = 0;
  const refuse = () => {
    attempts += 1;
    if (attempts <= times) throw Object.assign(new Error(code), { code });
  };
  return {
    attempts: () => attempts,
    rename: async (source: string, target: string) => {
      refuse();
      await rename(source, target);
    },
    renameSync: (source: string, target: string) => {
      refuse();
      renameSync(source, target);
    },
  };
}

function recordPauses() {
  const pauses: number[] = [];
  return {
    pauses,
    pause: (ms: number) => void pauses.push(ms),
    pauseLater: async (ms: number) => pauses.push(ms),
  };
}

describe.each(['EPERM', 'EBUSY', 'EACCES'])('a rename that fails with %s', (code) => {
  test('is retried on Windows until the file is free', async () => {
    const windows = refusing(code, 3);
    const { pauses, pauseLater } = recordPauses();
    await renameReplacing(from, to, { platform: 'win32', rename: windows.rename, pause: pauseLater });
    expect([await readFile(to, 'utf8'), windows.attempts()]).toEqual(['new', 4]);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  });

  test('is retried on Windows by the blocking form too', async () => {
    const windows = refusing(code, 3);
    renameReplacingSync(from, to, {
      platform: 'win32',
      rename: windows.renameSync,
      pause: recordPauses().pause,
    });
    expect([await readFile(to, 'utf8'), windows.attempts()]).toEqual(['new', 4]);
  });

  test('gives up on Windows in the end, and leaves both files', async () => {
    const windows = refusing(code, 1000);
    const { pauses, pause, pauseLater } = recordPauses();
    const options = { platform: 'win32', rename: windows.rename, pause: pauseLater } as const;
    await expect(renameReplacing(from, to, options)).rejects.toThrow(code);
    expect(() =>
      renameReplacingSync(from, to, { platform: 'win32', rename: windows.renameSync, pause }),
    ).toThrow(code);
    expect([await readFile(from, 'utf8'), await readFile(to, 'utf8')]).toEqual(['new', 'old']);
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(5_000);
  });

  test.each(['linux', 'darwin'] as const)(
    'fails at once on %s, where it means something else',
    async (platform) => {
      const system = refusing(code, 1);
      await expect(renameReplacing(from, to, { platform, rename: system.rename })).rejects.toThrow(code);
      const other = refusing(code, 1);
      expect(() => renameReplacingSync(from, to, { platform, rename: other.renameSync })).toThrow(code);
      expect([system.attempts(), other.attempts()]).toEqual([1, 1]);
    },
  );
});

test('another failure is not retried on Windows', async () => {
  const windows = refusing('ENOENT', 1);
  await expect(renameReplacing(from, to, { platform: 'win32', rename: windows.rename })).rejects.toThrow(
    'ENOENT',
  );
  expect(windows.attempts()).toBe(1);
});

test('waits between two attempts', () => {
  const windows = refusing('EBUSY', 2);
  const before = performance.now();
  renameReplacingSync(from, to, { platform: 'win32', rename: windows.renameSync });
  // The pauses are of 5 and 10 ms.
  expect(performance.now() - before).toBeGreaterThan(10);
});
