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

test('a picture is entirely like itself', () => {
  expect(similarity(texture, texture)).toBeCloseTo(1, 12);
});

describe('what is known by calculation', () => {
  test('of two plain ones only their brightness counts', () => {
    const [a, b] = [100, 140];
    const plain = (value: number) => luma(16, 16, () => value);
    expect(similarity(plain(a), plain(b))).toBeCloseTo((2 * a * b + 6.5025) / (a * a + b * b + 6.5025), 10);
  });

  test('its negative is like it in reverse', () => {
    const checks = luma(32, 32, (x, y) => ((x + y) % 2 ? 228 : 28));
    const negative = luma(32, 32, (x, y) => ((x + y) % 2 ? 28 : 228));
    const variance = (100 * 100 * 64) / 63;
    expect(similarity(checks, negative)).toBeCloseTo(
      (-2 * variance + 58.5225) / (2 * variance + 58.5225),
      10,
    );
  });
});

test('the more noise, the less alike', () => {
  const noisy = (reach: number) =>
    luma(
      64,
      48,
      (x, y) => (texture.values[y * 64 + x] ?? 0) + reach * (((x * 7919 + y * 104_729) % 17) / 8 - 1),
    );
  const alike = [1, 5, 20, 60].map((reach) => similarity(texture, noisy(reach)));
  expect(alike).toEqual(alike.toSorted((a, b) => b - a));
  expect(alike[0]).toBeGreaterThan(0.98);
  expect(alike[3]).toBeLessThan(0.7);
});

test('another size cannot be compared', () => {
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

test('brightness is what the eye makes of the colours', async () => {
  const canvas = createCanvas(4, 1);
  const pen = canvas.getContext('2d');
  ['#ff0000', '#00ff00', '#0000ff', '#ffffff'].forEach((colour, x) => {
    pen.fillStyle = colour;
    pen.fillRect(x, 0, 1, 1);
  });
  const { width, height, values } = await lumaOf(canvas.toBuffer('image/png'));
  expect([width, height]).toEqual([4, 1]);
  expect([...values].map(Math.round)).toEqual([76, 150, 29, 255]);
});
