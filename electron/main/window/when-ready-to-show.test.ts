import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { whenReadyToShow } from './when-ready-to-show';

/** A window's events, and a clock that the test turns. */
function open() {
  const window = Object.assign(new EventEmitter(), { webContents: new EventEmitter() });
  const waiting = new Set<() => void>();
  let shown = 0;
  whenReadyToShow(
    window,
    () => {
      shown += 1;
    },
    (_milliseconds, callback) => {
      waiting.add(callback);
      return () => waiting.delete(callback);
    },
  );
  return {
    emit: (event: string) => window.emit(event),
    load: () => window.webContents.emit('did-finish-load'),
    wait: () => {
      for (const callback of [...waiting]) callback();
    },
    shown: () => shown,
    isWaiting: () => waiting.size > 0,
  };
}

test('a window is shown with its first paint, once', () => {
  const { emit, load, wait, shown, isWaiting } = open();
  load();
  expect(shown()).toBe(0);
  emit('ready-to-show');
  expect(shown()).toBe(1);
  expect(isWaiting()).toBe(false);
  wait();
  emit('ready-to-show');
  expect(shown()).toBe(1);
});

test('a window whose page is not painted is shown a while after it was loaded', () => {
  const { emit, load, wait, shown } = open();
  wait();
  expect(shown()).toBe(0);
  load();
  wait();
  expect(shown()).toBe(1);
  emit('ready-to-show');
  expect(shown()).toBe(1);
});

test('a window that was painted before its load ended waits for nothing', () => {
  const { emit, load, shown, isWaiting } = open();
  emit('ready-to-show');
  load();
  expect(shown()).toBe(1);
  expect(isWaiting()).toBe(false);
});

test('a window that is closed is not shown', () => {
  const { emit, load, wait, shown, isWaiting } = open();
  load();
  emit('closed');
  expect(isWaiting()).toBe(false);
  wait();
  expect(shown()).toBe(0);
});
