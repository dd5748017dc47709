import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atIntervals } from './at-intervals';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function counting() {
  let state = 0;
  const sent: number[] = [];
  const { changed, end } = atIntervals(100, () => sent.push(state));
  const change = () => {
    state += 1;
    changed();
  };
  return { sent, change, end };
}

test('sends the first change at once, and the last one when the time has passed', () => {
  const { sent, change } = counting();
  for (let count = 0; count < 10; count += 1) change();
  expect(sent).toEqual([1]);
  vi.advanceTimersByTime(100);
  expect(sent).toEqual([1, 10]);
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([1, 10]);
  change();
  expect(sent).toEqual([1, 10, 11]);
});

test('keeps the pace after what was sent late', () => {
  const { sent, change } = counting();
  change();
  change();
  vi.advanceTimersByTime(150);
  change();
  expect(sent).toEqual([1, 2]);
  vi.advanceTimersByTime(50);
  expect(sent).toEqual([1, 2, 3]);
});

test('sends nothing after its end', () => {
  const { sent, change, end } = counting();
  change();
  change();
  end();
  change();
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([1]);
});
