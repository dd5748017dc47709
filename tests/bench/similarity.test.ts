// The structural similarity of pictures.
import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { type Luma, lumaOf, similarity } from './similarity';

function luma(width: number, height: number, at: (x: number, y: number) => number): Luma {
  const values = Float64Array.from({ length: width * height }, (_, index) =>
    at(index % width, Math.floor(index / width)),
  );
  return { width, height, values };
}

const texture = luma(64, 48, (x, y) => 128 + 60 * Math.sin(x / 3) + 40 * Math.cos(y / 5));

test('similarity is 1 for identical pictures', () => {
  expect(similarity(texture, texture)).toBeCloseTo(1, 12);
});

describe('similarity, computed by hand', () => {
  test('depends only on brightness for two plain pictures', () => {
    const [a, b] = [100, 140];
    const plain = (value: number) => luma(16, 16, () => value);
    expect(similarity(plain(a), plain(b))).toBeCloseTo((2 * a * b + 6.5025) / (a * a + b * b + 6.5025), 10);
  });

  test('is negative for a picture and its negative', () => {
    const checks = luma(32, 32, (x, y) => ((x + y) % 2 ? 228 : 28));
    const negative = luma(32, 32, (x, y) => ((x + y) % 2 ? 28 : 228));
    const variance = (100 * 100 * 64) / 63;
    expect(similarity(checks, negative)).toBeCloseTo(
      (-2 * variance + 58.5225) / (2 * variance + 58.5225),
      10,
    );
  });
});

test('similarity decreases with noise', () => {
  const noisy = (reach: number) =>
    luma(
      64,
      48,
      (x, y) => (texture.values[y * 64 + x] ?? 0) + reach * (((x * 7919 + y * 104_729) % 17) / 8 - 1),
    );
  const similarities = [1, 5, 20, 60].map((reach) => similarity(texture, noisy(reach)));
  expect(similarities).toEqual(similarities.toSorted((a, b) => b - a));
  expect(similarities[0]).toBeGreaterThan(0.98);
  expect(similarities[3]).toBeLessThan(0.7);
});

test('similarity rejects pictures of different sizes or smaller than a window', () => {
  expect(() =>
    similarity(
      texture,
      luma(48, 64, () => 0),
    ),
  ).toThrow('size');
  expect(() =>
    similarity(
      luma(7, 7, () => 0),
      luma(7, 7, () => 0),
    ),
  ).toThrow('small');
});

test('lumaOf weights colours by ITU-R BT.601', async () => {
  const canvas = createCanvas(4, 1);
  const context = canvas.getContext('2d');
  ['#ff0000', '#00ff00', '#0000ff', '#ffffff'].forEach((colour, x) => {
    context.fillStyle = colour;
    context.fillRect(x, 0, 1, 1);
  });
  const { width, height, values } = await lumaOf(canvas.toBuffer('image/png'));
  expect([width, height]).toEqual([4, 1]);
  expect([...values].map(Math.round)).toEqual([76, 150, 29, 255]);
});
