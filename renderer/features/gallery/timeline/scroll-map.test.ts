import { describe, expect, test } from 'vitest';
import {
  type Extent,
  elementHeight,
  follow,
  lastY,
  maxElementPx,
  type Position,
  positionOf,
} from './scroll-map';

const viewport = 800;
const short: Extent = { content: 90_000, viewport };
const long: Extent = { content: 50_000_000, viewport };
const extents: [string, Extent][] = [
  ['no longer than the window', { content: 500, viewport }],
  ['short', short],
  ['as long as an element may be', { content: maxElementPx, viewport }],
  ['a little longer', { content: maxElementPx + 1, viewport }],
  ['twenty-five times as long', long],
];

const top: Position = { scrollTop: 0, y: 0 };
const lastTop = (extent: Extent) => Math.max(0, elementHeight(extent) - viewport);

describe.each(extents)('content %s', (_name, extent) => {
  test('reaches both ends exactly when the scrollbar does', () => {
    expect(positionOf(0, extent)).toEqual(top);
    expect(positionOf(lastY(extent), extent)).toEqual({ scrollTop: lastTop(extent), y: lastY(extent) });
    expect(positionOf(-5, extent)).toEqual(top);
    expect(positionOf(lastY(extent) + 5, extent).y).toBe(lastY(extent));
  });

  test('follows a jump of the scrollbar to the matching position', () => {
    for (let part = 0; part <= 1; part += 0.05) {
      const position = positionOf(part * lastY(extent), extent);
      const far = position.scrollTop < lastTop(extent) / 2 ? positionOf(lastY(extent), extent) : top;
      expect(follow(far, position.scrollTop, extent).y).toBeCloseTo(position.y, 3);
    }
  });

  test('follows wheel steps to the end and to the top without a jump', () => {
    for (const step of [120, -120]) {
      // Starts near the end, where the mapping differs from the middle.
      const near = step > 0 ? Math.max(0, lastY(extent) - 3000) : Math.min(lastY(extent), 3000);
      let position = positionOf(near, extent);
      for (let turn = 0; turn < 60; turn += 1) {
        const browser = Math.min(lastTop(extent), Math.max(0, position.scrollTop + step));
        const next = follow(position, browser, extent);
        expect(Math.abs(next.y - position.y)).toBeLessThanOrEqual(120.001);
        position = next;
      }
      expect(position).toEqual(step > 0 ? positionOf(lastY(extent), extent) : top);
    }
  });
});

test('keeps the element within the limit of Chromium at eight device pixels per CSS pixel', () => {
  expect(elementHeight(long) * 8).toBeLessThan(16_777_216);
});

test('moves long content by the distance of a wheel step in the middle', () => {
  let position = positionOf(25_000_000, long);
  for (let turn = 0; turn < 1000; turn += 1) {
    const next = follow(position, position.scrollTop - 100, long);
    expect(next.y).toBeCloseTo(position.y - 100, 3);
    position = next;
  }
});

test('continues past the end of the scrollbar by resetting the scroll position', () => {
  const before: Position = { scrollTop: 60, y: 30_000_000 };
  const after = follow(before, 0, long);
  expect(after.y).toBe(29_999_940);
  expect(after.scrollTop).toBeGreaterThan(1_000_000);
});
