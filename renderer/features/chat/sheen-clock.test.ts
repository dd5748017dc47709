import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSheenClock } from './sheen-clock';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const target = new EventTarget();
  const source = Object.assign(target, { visibilityState: 'visible' as DocumentVisibilityState });
  const onTick = vi.fn();
  const clock = createSheenClock(source, 1000, onTick);
  const show = (visibilityState: DocumentVisibilityState) => {
    source.visibilityState = visibilityState;
    target.dispatchEvent(new Event('visibilitychange'));
  };
  return { clock, onTick, show };
}

test('ticks while the window is visible, and has no timer while it is hidden', () => {
  const { clock, onTick, show } = open();
  clock.start();
  clock.start();
  vi.advanceTimersByTime(2500);
  expect(onTick).toHaveBeenCalledTimes(2);
  show('hidden');
  expect(vi.getTimerCount()).toBe(0);
  show('visible');
  show('visible');
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(onTick).toHaveBeenCalledTimes(3);
});

test('does not start again after it was stopped, whatever happens to the window', () => {
  const { clock, show } = open();
  clock.start();
  clock.stop();
  show('hidden');
  show('visible');
  expect(vi.getTimerCount()).toBe(0);
});

test('starts in a hidden window without a timer', () => {
  const { clock, show } = open();
  show('hidden');
  clock.start();
  expect(vi.getTimerCount()).toBe(0);
  show('visible');
  expect(vi.getTimerCount()).toBe(1);
});
