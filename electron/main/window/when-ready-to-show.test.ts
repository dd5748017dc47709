import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { whenFirst, whenPainted, whenReadyToShow } from './when-ready-to-show';

type After = Parameters<typeof whenReadyToShow>[2];

/** A window's events, and a clock that the test turns. @param wait starts to wait for the window. */
function open(wait: (window: Parameters<typeof whenReadyToShow>[0], run: () => void, after: After) => void) {
  const window = Object.assign(new EventEmitter(), { webContents: new EventEmitter() });
  const waiting = new Set<() => void>();
  let runs = 0;
  wait(
    window,
    () => {
      runs += 1;
    },
    (_milliseconds, callback) => {
      waiting.add(callback);
      return () => waiting.delete(callback);
    },
  );
  return {
    page: window.webContents,
    emit: (event: string) => window.emit(event),
    load: () => window.webContents.emit('did-finish-load'),
    wait: () => {
      for (const callback of [...waiting]) callback();
    },
    runs: () => runs,
    isWaiting: () => waiting.size > 0,
  };
}

function openUntilPainted() {
  const listeners: ((page: unknown) => void)[] = [];
  const { page, ...opened } = open((window, run, after) =>
    whenPainted(window, (listener) => void listeners.push(listener), run, after),
  );
  const tell = (painted: unknown) => {
    for (const listener of listeners) listener(painted);
  };
  return { ...opened, paint: () => tell(page), paintAnother: () => tell(new EventEmitter()) };
}

function openUntilShown() {
  const opened = open(whenReadyToShow);
  return { ...opened, paint: () => opened.emit('ready-to-show') };
}

const waits = [
  ['is shown with its first layout', openUntilShown],
  ['goes on with its first paint', openUntilPainted],
] as const;

test.each(waits)('a window %s, once', (_name, start) => {
  const { load, paint, wait, runs, isWaiting } = start();
  load();
  expect(runs()).toBe(0);
  paint();
  expect(runs()).toBe(1);
  expect(isWaiting()).toBe(false);
  wait();
  paint();
  expect(runs()).toBe(1);
});

test.each(waits)('a window that %s does so a while after its load at the latest', (_name, start) => {
  const { load, paint, wait, runs } = start();
  wait();
  expect(runs()).toBe(0);
  load();
  wait();
  expect(runs()).toBe(1);
  paint();
  expect(runs()).toBe(1);
});

test.each(waits)('a window that %s before its load ended waits for nothing', (_name, start) => {
  const { load, paint, runs, isWaiting } = start();
  paint();
  load();
  expect(runs()).toBe(1);
  expect(isWaiting()).toBe(false);
});

test.each(waits)('a window that %s does not after it was closed', (_name, start) => {
  const { emit, load, paint, runs, isWaiting } = start();
  load();
  emit('closed');
  expect(isWaiting()).toBe(false);
  paint();
  expect(runs()).toBe(0);
});

test('the first paint of another page is not taken for that of the window', () => {
  const { load, paint, paintAnother, runs } = openUntilPainted();
  load();
  paintAnother();
  expect(runs()).toBe(0);
  paint();
  expect(runs()).toBe(1);
});

describe('the start', () => {
  const create = () => Object.assign(new EventEmitter(), { webContents: new EventEmitter() });

  function start() {
    const first = create();
    let open: (window: ReturnType<typeof create>) => void = () => {};
    let runs = 0;
    const onOpened = (listener: typeof open) => {
      open = listener;
    };
    whenFirst(first, onOpened, whenReadyToShow, () => {
      runs += 1;
    });
    return {
      first,
      openAnother() {
        const window = create();
        open(window);
        return window;
      },
      runs: () => runs,
    };
  }

  test('goes on with another window if the first one was closed before it was ready', () => {
    const { first, openAnother, runs } = start();
    first.emit('closed');
    openAnother().emit('closed');
    expect(runs()).toBe(0);
    openAnother().emit('ready-to-show');
    expect(runs()).toBe(1);
  });

  test('goes on once, with the window that is ready first', () => {
    const { first, openAnother, runs } = start();
    openAnother().emit('ready-to-show');
    first.emit('ready-to-show');
    const third = openAnother();
    third.emit('ready-to-show');
    expect(runs()).toBe(1);
    expect(third.listenerCount('ready-to-show')).toBe(0);
  });
});
