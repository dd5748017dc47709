import { describe, expect, test } from 'vitest';
import { type Bounds, restoreWindowState } from './window-state';

const usual = { width: 1280, height: 860 };
const least = { width: 640, height: 480 };
const primary: Bounds = { x: 0, y: 25, width: 1920, height: 1055 };
const left: Bounds = { x: -1600, y: 0, width: 1600, height: 900 };
const plain = { isMaximized: false, isFullScreen: false };

function place(saved: unknown, areas: Bounds[] = [primary, left]) {
  return restoreWindowState(saved, areas, usual, least);
}

test('the first time it is in the middle of the primary screen', () => {
  expect(place(null)).toEqual({ bounds: { x: 320, y: 123, ...usual }, ...plain });
});

test('where it was, it is again, on another screen too', () => {
  const saved = {
    bounds: { x: -1500, y: 100, width: 900, height: 700 },
    isMaximized: true,
    isFullScreen: false,
  };
  expect(place(saved)).toEqual(saved);
});

test('of a screen that is gone it comes back to the primary one, as large as it was', () => {
  const saved = { bounds: { x: -1500, y: 100, width: 900, height: 700 }, ...plain };
  expect(place(saved, [primary])).toEqual({ bounds: { x: 510, y: 203, width: 900, height: 700 }, ...plain });
});

test('on a smaller screen it is smaller, and wholly in sight', () => {
  const small = { x: 0, y: 0, width: 800, height: 560 };
  const saved = { bounds: { x: 300, y: 200, width: 1700, height: 1000 }, ...plain };
  expect(place(saved, [small]).bounds).toEqual({ x: 0, y: 0, width: 800, height: 560 });
});

test('on a screen smaller than the least size it is as large as the screen', () => {
  const tiny = { x: 0, y: 0, width: 500, height: 400 };
  expect(place(null, [tiny]).bounds).toEqual(tiny);
});

test('one that hangs over an edge is pushed back in', () => {
  const saved = { bounds: { x: 1700, y: 900, width: 800, height: 600 }, ...plain };
  expect(place(saved).bounds).toEqual({ x: 1120, y: 480, width: 800, height: 600 });
});

describe('absurd values', () => {
  const bounds = { x: 10, y: 10, width: 800, height: 600 };
  test.each([
    'text',
    42,
    [],
    {},
    { bounds },
    { ...plain, bounds: { ...bounds, width: 0 } },
    { ...plain, bounds: { ...bounds, width: -800 } },
    { ...plain, bounds: { ...bounds, x: 0.5 } },
    { ...plain, bounds: { ...bounds, x: '10' } },
    { ...plain, bounds: { ...bounds, height: Number.NaN } },
    { ...plain, bounds: { ...bounds, x: 1e300 } },
    { isMaximized: 'yes', isFullScreen: false, bounds },
  ])('%j count as none', (saved) => {
    expect(place(saved)).toEqual(place(null));
  });

  test('a huge window, far away, is brought onto the screen', () => {
    const far = { x: 2_000_000_000, y: -2_000_000_000, width: 2_000_000_000, height: 2_000_000_000 };
    expect(place({ ...plain, bounds: far }).bounds).toEqual(primary);
  });

  test('with no screen at all it has its usual size', () => {
    expect(place(null, []).bounds).toEqual({ x: 0, y: 0, ...usual });
  });
});

test('whatever is kept, it is wholly on one of the screens', () => {
  const corners = [-3000, -1600, -100, 0, 25, 1000, 1919, 5000];
  for (const x of corners) {
    for (const y of corners) {
      for (const side of [1, 500, 1000, 9000]) {
        const { bounds } = place({ bounds: { x, y, width: side, height: side }, ...plain });
        const isInside = [primary, left].some(
          (area) =>
            bounds.x >= area.x &&
            bounds.y >= area.y &&
            bounds.x + bounds.width <= area.x + area.width &&
            bounds.y + bounds.height <= area.y + area.height,
        );
        expect(isInside, JSON.stringify({ x, y, side, bounds })).toBe(true);
      }
    }
  }
});
