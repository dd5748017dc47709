import { describe, expect, test } from 'vitest';
import { type Bounds, restoreWindowState } from './window-state';

const defaultSize = { width: 1280, height: 860 };
const minSize = { width: 640, height: 480 };
const primary: Bounds = { x: 0, y: 25, width: 1920, height: 1055 };
const left: Bounds = { x: -1600, y: 0, width: 1600, height: 900 };
const normal = { isMaximized: false, isFullScreen: false };

function restore(saved: unknown, areas: Bounds[] = [primary, left]) {
  return restoreWindowState(saved, areas, defaultSize, minSize);
}

test('centers the window on the primary display at the first start', () => {
  expect(restore(null)).toEqual({ bounds: { x: 320, y: 123, ...defaultSize }, ...normal });
});

test('restores the saved state on a secondary display', () => {
  const saved = {
    bounds: { x: -1500, y: 100, width: 900, height: 700 },
    isMaximized: true,
    isFullScreen: false,
  };
  expect(restore(saved)).toEqual(saved);
});

test('moves the window to the primary display at its saved size if its display is gone', () => {
  const saved = { bounds: { x: -1500, y: 100, width: 900, height: 700 }, ...normal };
  expect(restore(saved, [primary])).toEqual({
    bounds: { x: 510, y: 203, width: 900, height: 700 },
    ...normal,
  });
});

test('shrinks the window to fit a smaller display', () => {
  const small = { x: 0, y: 0, width: 800, height: 560 };
  const saved = { bounds: { x: 300, y: 200, width: 1700, height: 1000 }, ...normal };
  expect(restore(saved, [small]).bounds).toEqual({ x: 0, y: 0, width: 800, height: 560 });
});

test('fills a display that is smaller than the minimum size', () => {
  const tiny = { x: 0, y: 0, width: 500, height: 400 };
  expect(restore(null, [tiny]).bounds).toEqual(tiny);
});

test('moves a window that crosses a display edge back inside', () => {
  const saved = { bounds: { x: 1700, y: 900, width: 800, height: 600 }, ...normal };
  expect(restore(saved).bounds).toEqual({ x: 1120, y: 480, width: 800, height: 600 });
});

describe('invalid saved state', () => {
  const bounds = { x: 10, y: 10, width: 800, height: 600 };
  test.each([
    'text',
    42,
    [],
    {},
    { bounds },
    { ...normal, bounds: { ...bounds, width: 0 } },
    { ...normal, bounds: { ...bounds, width: -800 } },
    { ...normal, bounds: { ...bounds, x: 0.5 } },
    { ...normal, bounds: { ...bounds, x: '10' } },
    { ...normal, bounds: { ...bounds, height: Number.NaN } },
    { ...normal, bounds: { ...bounds, x: 1e300 } },
    { isMaximized: 'yes', isFullScreen: false, bounds },
  ])('uses the default for %j', (saved) => {
    expect(restore(saved)).toEqual(restore(null));
  });

  test('brings a huge window at a distant position onto the display', () => {
    const far = { x: 2_000_000_000, y: -2_000_000_000, width: 2_000_000_000, height: 2_000_000_000 };
    expect(restore({ ...normal, bounds: far }).bounds).toEqual(primary);
  });

  test('uses the default size if no display is connected', () => {
    expect(restore(null, []).bounds).toEqual({ x: 0, y: 0, ...defaultSize });
  });
});

test('places every window completely on one of the displays', () => {
  const corners = [-3000, -1600, -100, 0, 25, 1000, 1919, 5000];
  for (const x of corners) {
    for (const y of corners) {
      for (const side of [1, 500, 1000, 9000]) {
        const { bounds } = restore({ bounds: { x, y, width: side, height: side }, ...normal });
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
