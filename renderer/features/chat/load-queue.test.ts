import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLoadQueue } from './load-queue';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const loaded: string[] = [];
  const queue = createLoadQueue((milliseconds, work) => {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  });
  const add = (name: string) => queue.add(() => void loaded.push(name));
  return { loaded, add };
}

test('loads nothing while pictures arrive, and then one picture after another', () => {
  const { loaded, add } = open();
  for (const name of ['a', 'b', 'c']) {
    vi.advanceTimersByTime(1900);
    add(name);
  }
  vi.advanceTimersByTime(1999);
  expect(loaded).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(loaded).toEqual(['a']);
  vi.advanceTimersByTime(149);
  expect(loaded).toEqual(['a']);
  vi.advanceTimersByTime(1);
  expect(loaded).toEqual(['a', 'b']);
  // Another picture has arrived.
  add('d');
  vi.advanceTimersByTime(1999);
  expect(loaded).toEqual(['a', 'b']);
  vi.runAllTimers();
  expect(loaded).toEqual(['a', 'b', 'c', 'd']);
});

test('does not load removed pictures, and leaves no timer', () => {
  const { loaded, add } = open();
  const removeFirst = add('a');
  const removeSecond = add('b');
  removeFirst();
  expect(vi.getTimerCount()).toBe(1);
  removeSecond();
  removeSecond();
  expect(vi.getTimerCount()).toBe(0);
  const removeThird = add('c');
  add('d');
  vi.advanceTimersByTime(2000);
  expect(loaded).toEqual(['c']);
  removeThird();
  vi.runAllTimers();
  expect(loaded).toEqual(['c', 'd']);
  expect(vi.getTimerCount()).toBe(0);
});
