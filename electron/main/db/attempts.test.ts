import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAttempts } from './attempts';

let scheduled: { milliseconds: number; work: () => void }[];
let again: number;
const writeErrors: unknown[] = [];

beforeEach(() => {
  scheduled = [];
  again = 0;
  writeErrors.length = 0;
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(console, 'info').mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
});

function attempts() {
  return createAttempts(
    {
      onWriteError: (error) => void writeErrors.push(error),
      after: (milliseconds, work) => void scheduled.push({ milliseconds, work }),
    },
    () => {
      again += 1;
    },
  );
}

const fails = (code: string) => () => {
  throw Object.assign(new Error('no room'), { code });
};

test('tries again once for several failures, and reports each of them', () => {
  const attempt = attempts();
  attempt('a', fails('SQLITE_FULL'));
  attempt('b', fails('SQLITE_FULL'));
  expect(scheduled).toHaveLength(1);
  scheduled[0]?.work();
  expect(again).toBe(1);
  expect(writeErrors).toHaveLength(2);
});

test('tries a locked database again sooner than a full disk', () => {
  const [busy, full] = [attempts(), attempts()];
  busy('a', fails('SQLITE_BUSY'));
  full('a', fails('SQLITE_FULL'));
  expect(scheduled[0]?.milliseconds).toBeLessThan(scheduled[1]?.milliseconds ?? 0);
});

test('logs a step that keeps failing once, and again after it has succeeded', () => {
  const attempt = attempts();
  for (let time = 0; time < 4; time += 1) attempt('a', fails('SQLITE_BUSY'));
  expect(console.error).toHaveBeenCalledTimes(1);
  attempt('a', () => {});
  expect(console.info).toHaveBeenCalledTimes(1);
  attempt('a', fails('SQLITE_BUSY'));
  expect(console.error).toHaveBeenCalledTimes(2);
});
