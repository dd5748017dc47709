import { beforeEach, expect, test, vi } from 'vitest';
import { createTicker } from './ticker';

beforeEach(() => {
  vi.useFakeTimers();
  return () => void vi.useRealTimers();
});

test('a clock ticks for all listeners, and only while there are any', () => {
  const subscribe = createTicker(1000);
  expect(vi.getTimerCount()).toBe(0);
  const ticks = { first: 0, second: 0 };
  const endFirst = subscribe(() => (ticks.first += 1));
  const endSecond = subscribe(() => (ticks.second += 1));
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(2000);
  endFirst();
  vi.advanceTimersByTime(1000);
  expect(ticks).toEqual({ first: 2, second: 3 });
  endSecond();
  expect(vi.getTimerCount()).toBe(0);
});
