import { expect, test } from 'vitest';
import type { EngineDownload } from '../../../shared/domain/engine';
import {
  advanceProgress,
  downloadProgress,
  idleProgress,
  type Progress,
  progressBarValue,
} from './taskbar-progress';

const started = (id: string) => ({ id, isActive: true });
const ended = (id: string) => ({ id, isActive: false });

test('shows one picture as indeterminate or empty, then hides the bar', () => {
  // The event arrives before the queue holds the picture, and again after the queue has released it.
  const one = advanceProgress(idleProgress, started('a'), []);
  expect(progressBarValue(one, true)).toBe(2);
  expect(progressBarValue(one, false)).toBe(0);
  expect(progressBarValue(advanceProgress(one, ended('a'), []), true)).toBe(-1);
});

test('shows the fraction of four pictures that have ended', () => {
  const steps: Progress[] = [advanceProgress(idleProgress, started('a'), ['b', 'c', 'd'])];
  const left = ['a', 'b', 'c', 'd'];
  for (const id of ['a', 'b', 'c', 'd']) {
    left.shift();
    steps.push(advanceProgress(steps.at(-1) ?? idleProgress, ended(id), left));
  }
  expect(steps.map((step) => progressBarValue(step, true))).toEqual([2, 0.25, 0.5, 0.75, -1]);
});

test('counts pictures that are requested while others are being generated', () => {
  const half = { done: 1, active: new Set(['b']) };
  expect(progressBarValue(advanceProgress(half, started('c'), ['b', 'd']), true)).toBe(0.25);
});

test('does not count an update of a picture that ended earlier', () => {
  const half = { done: 1, active: new Set(['b']) };
  expect(progressBarValue(advanceProgress(half, ended('old'), ['b']), true)).toBe(0.5);
});

test('starts again from zero after the last picture', () => {
  const idle = advanceProgress({ done: 7, active: new Set(['h']) }, ended('h'), []);
  expect(progressBarValue(advanceProgress(idle, started('i'), []), true)).toBe(2);
});

test('shows running downloads together, and nothing for those that do not move', () => {
  const download = (
    state: EngineDownload['state'],
    receivedBytes: number,
    totalBytes: number,
  ): EngineDownload => ({
    ...{ model: 'm', label: 'M', state, receivedBytes, totalBytes },
    ...{ storedBytes: receivedBytes, bytesPerSecond: null, secondsLeft: null },
  });
  expect(downloadProgress([])).toBeNull();
  expect(downloadProgress([download('downloading', 30, 100), download('waiting', 0, 100)])).toBe(0.15);
  expect(downloadProgress([download('checking', 100, 100), download('paused', 0, 900)])).toBe(1);
  expect(downloadProgress([download('paused', 1, 2), download('failed', 1, 2)])).toBeNull();
  // The server has not named the size yet.
  expect(downloadProgress([download('downloading', 5, 0)])).toBeNull();
});
