import { expect, test } from 'vitest';
import { cascaded } from './cascade';
import { type Bounds, restoreWindowState } from './window-state';

const minSize = { width: 640, height: 480 };
const area: Bounds = { x: 0, y: 25, width: 1920, height: 1055 };

test('goes beside the window that it was opened from, at the same size', () => {
  const opener = { x: 100, y: 100, width: 900, height: 700 };
  expect(cascaded(opener, [opener], area, minSize)).toEqual({ ...opener, x: 132, y: 132 });
});

test('gets smaller where it would leave the display', () => {
  expect(cascaded(area, [area], area, minSize)).toEqual({ x: 32, y: 57, width: 1888, height: 1023 });
});

test.each([
  ['a large display', area],
  ['a small display', { x: 0, y: 0, width: 1024, height: 768 }],
])('hides no other window exactly with ten on %s', (_name, display) => {
  const windows: Bounds[] = [display];
  while (windows.length < 10) {
    const bounds = cascaded(display, windows, display, minSize);
    const wanted = { bounds, isMaximized: false, isFullScreen: false };
    windows.push(restoreWindowState(wanted, [display], minSize, minSize).bounds);
  }
  expect(new Set(windows.map(({ x, y }) => `${x} ${y}`)).size).toBe(10);
  for (const { x, y, width, height } of windows) {
    expect(x + width).toBeLessThanOrEqual(display.x + display.width);
    expect(y + height).toBeLessThanOrEqual(display.y + display.height);
  }
});
