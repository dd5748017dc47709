import { describe, expect, test } from 'vitest';
import { atActualSize, fitted, panned, sizesOf, toggled, zoomAfterKey, zoomedTo } from './zoom';

const stage = { width: 800, height: 600 };
const large = sizesOf({ width: 3200, height: 1200 }, stage, 1);
const middle = { x: 0, y: 0 };

describe('sizes', () => {
  test('fits a large picture into the stage', () => {
    expect(large.fit).toEqual({ width: 800, height: 300 });
    expect(large.actual).toBe(4);
  });

  test('does not enlarge a small picture', () => {
    expect(sizesOf({ width: 100, height: 50 }, stage, 1)).toMatchObject({ fit: { width: 100 }, actual: 1 });
  });

  test('keeps the padding around a picture that fits', () => {
    const { fit, actual } = sizesOf({ width: 3200, height: 1200 }, stage, 1, { x: 40, y: 40 });
    expect(fit).toEqual({ width: 720, height: 270 });
    expect(actual).toBeCloseTo(3200 / 720);
  });

  test('uses smaller pixels on a dense screen', () => {
    expect(sizesOf({ width: 3200, height: 1200 }, stage, 2)).toMatchObject({
      fit: { width: 800 },
      actual: 2,
    });
  });
});

test('keeps the content under the pointer in place', () => {
  const point = { x: 200, y: 60 };
  const before = zoomedTo(fitted, 3, middle, large);
  const after = zoomedTo(before, 6, point, large);
  const under = ({ scale, x, y }: typeof before) => [(point.x - x) / scale, (point.y - y) / scale];
  expect(under(after)[0]).toBeCloseTo(under(before)[0] ?? Number.NaN);
  expect(under(after)[1]).toBeCloseTo(under(before)[1] ?? Number.NaN);
});

test('limits the zoom to fitting and to eight times the pixels', () => {
  expect(zoomedTo(fitted, 0.2, middle, large)).toEqual(fitted);
  expect(zoomedTo(fitted, 1000, middle, large).scale).toBe(32);
});

test('limits panning to the edges and centres a side that fits', () => {
  const twice = zoomedTo(fitted, 2, middle, large);
  expect(panned(twice, 10_000, 10_000, large)).toEqual({ scale: 2, x: 400, y: 0 });
  expect(panned(fitted, 50, 50, large)).toEqual(fitted);
  const wide = zoomedTo(fitted, 4, middle, large);
  expect(panned(wide, -10_000, -10_000, large)).toEqual({ scale: 4, x: -1200, y: -300 });
});

test('toggles between fitting and actual size', () => {
  expect(toggled(fitted, middle, large).scale).toBe(4);
  expect(toggled(toggled(fitted, middle, large), middle, large)).toEqual(fitted);
  const small = sizesOf({ width: 100, height: 50 }, stage, 1);
  expect(toggled(fitted, middle, small).scale).toBe(2);
});

describe('keys', () => {
  test('zoom in and out, to the fitted and to the actual size', () => {
    const zoomed = zoomAfterKey('+', fitted, large);
    expect(zoomed?.scale).toBe(1.5);
    expect(zoomed && zoomAfterKey('-', zoomed, large)).toEqual(fitted);
    expect(zoomAfterKey('-', fitted, large)).toEqual(fitted);
    expect(zoomAfterKey('1', fitted, large)).toEqual(atActualSize(fitted, large));
    expect(atActualSize(fitted, large).scale).toBe(4);
    expect(zoomAfterKey('0', { scale: 3, x: 40, y: 20 }, large)).toEqual(fitted);
  });

  test('pan an enlarged picture, and do nothing while it fits', () => {
    expect(zoomAfterKey('ArrowLeft', fitted, large)).toBeNull();
    expect(zoomAfterKey('ArrowLeft', { scale: 4, x: 0, y: 0 }, large)).toMatchObject({ x: 80, y: 0 });
    expect(zoomAfterKey('ArrowDown', { scale: 4, x: 0, y: 0 }, large)).toMatchObject({ x: 0, y: -80 });
    expect(zoomAfterKey('a', { scale: 4, x: 0, y: 0 }, large)).toBeNull();
  });
});
