// The choice of the Electron runtime, and the reason that is shown for it.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reasonIn, retryAfterMs, stillHolds } from './electron-download.mjs';
import { hasFallback } from './electron-fallback.mjs';
import { executableIn, fallbackReason } from './electron-runtime.mjs';

test('finds the executable on each platform', () => {
  expect(executableIn('dist', 'linux')).toBe(join('dist', 'electron'));
  expect(executableIn('dist', 'darwin')).toBe(join('dist', 'Electron.app', 'Contents', 'MacOS', 'Electron'));
  expect(executableIn('dist', 'win32')).toBe(join('dist', 'electron.exe'));
});

test('offers a fallback on Linux x64 only', () => {
  expect(hasFallback('linux', 'x64')).toBe(true);
  expect(hasFallback('linux', 'arm64')).toBe(false);
  expect(hasFallback('darwin', 'x64')).toBe(false);
});

test('remembers a failed download for a day, for that version and server only', () => {
  const failure = { version: '45.4.1', mirror: '', atMs: 1_000, reason: 'no' };
  const now = { version: '45.4.1', mirror: '', nowMs: 2_000 };
  expect(stillHolds(failure, now)).toBe(true);
  expect(stillHolds(failure, { ...now, nowMs: 1_000 + retryAfterMs })).toBe(false);
  expect(stillHolds(failure, { ...now, version: '45.4.2' })).toBe(false);
  expect(stillHolds(failure, { ...now, mirror: 'another' })).toBe(false);
  expect(stillHolds(undefined, now)).toBe(false);
});

test('takes the reason from one line of the installer’s output', () => {
  expect(reasonIn('TypeError: fetch failed\n    at node:internal\n')).toBe(
    'its download server could not be reached',
  );
  expect(reasonIn('HTTPError: Response code 404 (Not Found)\n    at x')).toBe(
    'Response code 404 (Not Found)',
  );
  expect(reasonIn('')).toBe('its download server could not be reached');
});

test('explains the fallback and the next download', () => {
  const hour = 3_600_000;
  expect(fallbackReason('45.4.1', 'no way', 0, 2.5 * hour)).toContain(
    '45.4.1 could not be downloaded: no way',
  );
  expect(fallbackReason('45.4.1', 'no way', 0, 2.5 * hour)).toContain('next try in 22 h');
  expect(fallbackReason('45.4.1', 'no way', undefined, 2.5 * hour)).toContain('next try in 24 h');
});
