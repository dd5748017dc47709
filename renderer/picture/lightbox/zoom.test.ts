import { describe, expect, test } from 'vitest';
import { fitted, panned, sizesOf, switched, zoomedTo } from './zoom';

const stage = { width: 800, height: 600 };
const large = sizesOf({ width: 3200, height: 1200 }, stage, 1);
const middle = { x: 0, y: 0 };

describe('sizes', () => {
  test('a large picture is as large as fits', () => {
    expect(large.fit).toEqual({ width: 800, height: 300 });
    expect(large.actual).toBe(4);
  });

  test('a small one is not enlarged', () => {
    expect(sizesOf({ width: 100, height: 50 }, stage, 1)).toMatchObject({ fit: { width: 100 }, actual: 1 });
  });

  test('one that fits keeps its distance from the edges', () => {
    const { fit, actual } = sizesOf({ width: 3200, height: 1200 }, stage, 1, 40);
    expect(fit).toEqual({ width: 720, height: 270 });
    expect(actual).toBeCloseTo(3200 / 720);
  });

  test('on a dense screen its pixels are smaller', () => {
    expect(sizesOf({ width: 3200, height: 1200 }, stage, 2)).toMatchObject({
      fit: { width: 800 },
      actual: 2,
    });
  });
});

test('what is under the pointer stays under it', () => {
  const point = { x: 200, y: 60 };
  const before = zoomedTo(fitted, 3, middle, large);
  const after = zoomedTo(before, 6, point, large);
  const under = ({ scale, x, y }: typeof before) => [(point.x - x) / scale, (point.y - y) / scale];
  expect(under(after)[0]).toBeCloseTo(under(before)[0] ?? Number.NaN);
  expect(under(after)[1]).toBeCloseTo(under(before)[1] ?? Number.NaN);
});

test('it is never smaller than fits, nor larger than eight times its pixels', () => {
  expect(zoomedTo(fitted, 0.2, middle, large)).toEqual(fitted);
  expect(zoomedTo(fitted, 1000, middle, large).scale).toBe(32);
});

test('panning ends at the edges; a side that fits stays in the middle', () => {
  const twice = zoomedTo(fitted, 2, middle, large);
  expect(panned(twice, 10_000, 10_000, large)).toEqual({ scale: 2, x: 400, y: 0 });
  expect(panned(fitted, 50, 50, large)).toEqual(fitted);
  const wide = zoomedTo(fitted, 4, middle, large);
  expect(panned(wide, -10_000, -10_000, large)).toEqual({ scale: 4, x: -1200, y: -300 });
});

test('a double click goes to the pixels and back', () => {
  expect(switched(fitted, middle, large).scale).toBe(4);
  expect(switched(switched(fitted, middle, large), middle, large)).toEqual(fitted);
  const small = sizesOf({ width: 100, height: 50 }, stage, 1);
  expect(switched(fitted, middle, small).scale).toBe(2);
});
