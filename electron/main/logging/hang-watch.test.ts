import { expect, test } from 'vitest';
import { createHangWatch } from './hang-watch';

const maxMs = 300_000;

/** A process that gets a share of the processor. Returns after how many seconds it counts as hanging, within an hour. */
function hangsAfter(share: number | null, restartsEvery = Number.POSITIVE_INFINITY): number | null {
  let seconds = 0;
  const watch = createHangWatch({
    maxMs,
    elapsed: () => seconds * 1000,
    processorMs: () => (share === null ? null : seconds * 1000 * share),
  });
  watch.restart();
  watch.isHanging();
  for (seconds = 1; seconds <= 3600; seconds += 1) {
    if (seconds % restartsEvery === 0) watch.restart();
    if (watch.isHanging()) return seconds;
  }
  return null;
}

test('a process that works all the time without a word hangs after the time', () => {
  expect(hangsAfter(1)).toBe(300);
});

test('a process of several threads has the whole time, too', () => {
  expect(hangsAfter(8)).toBe(300);
});

test('a process that gets little of the processor has as much of it before it counts as hanging', () => {
  expect(hangsAfter(0.25)).toBe(1200);
  expect(hangsAfter(0.004)).toBeNull();
});

test('a process that does nothing at all hangs after the time', () => {
  expect(hangsAfter(0)).toBe(300);
  expect(hangsAfter(0.00001)).toBe(300);
});

test('a process that is heard of never hangs', () => {
  expect(hangsAfter(1, 290)).toBeNull();
});

test('where the processor time is not known, the clock counts', () => {
  expect(hangsAfter(null)).toBe(300);
});
