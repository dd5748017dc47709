// Sizes stay within a service's limits for every shape and resolution.
import { expect, test } from 'vitest';
import { aspectRatios, pictureResolutions } from '../../../shared/domain/models';
import { nearestOfRatios, sizeLike, sizeWithin } from './sizes';

const every = aspectRatios.flatMap((aspectRatio) =>
  pictureResolutions.map((resolution) => ({ aspectRatio, resolution, seed: 1 })),
);

test.each(every)('$aspectRatio at $resolution fits OpenAI', (params) => {
  const limits = { step: 16, minPixels: 655_360, maxPixels: 8_294_400, maxEdge: 3840, maxRatio: 3 };
  const { width, height } = sizeWithin(params, { side: 1024, ...limits });
  expect([width % 16, height % 16]).toEqual([0, 0]);
  expect(width * height).toBeGreaterThanOrEqual(655_360);
  expect(width * height).toBeLessThanOrEqual(8_294_400);
  expect(Math.max(width, height)).toBeLessThanOrEqual(3840);
  expect(Math.max(width / height, height / width)).toBeLessThanOrEqual(3);
});

test.each(every)('$aspectRatio at $resolution reaches the minimum of Seedream', (params) => {
  const { width, height } = sizeWithin(params, {
    ...{ side: 2048, step: 16, minPixels: 3_686_400, maxPixels: 16_777_216, maxRatio: 16 },
  });
  expect(width * height).toBeGreaterThanOrEqual(3_686_400);
  expect(width * height).toBeLessThanOrEqual(16_777_216);
});

test('stays within any limits that a size can meet, whatever is wanted', () => {
  const random = seeded(20_33);
  const between = (least: number, most: number) => Math.round(least * (most / least) ** random());
  for (let round = 0; round < 3000; round += 1) {
    const step = [1, 8, 16, 64][between(1, 4) - 1] ?? 16;
    // A size that fits, around which the limits are drawn, some of them tightly.
    const fitting = { width: step * between(1, 60), height: step * between(1, 60) };
    const pixels = fitting.width * fitting.height;
    const { long, short } = sidesOf(fitting);
    const limits = {
      step,
      ...(random() < 0.8 && { minPixels: Math.floor(pixels / (1 + random() ** 4)) }),
      ...(random() < 0.8 && { maxPixels: Math.ceil(pixels * (1 + random() ** 4)) }),
      ...(random() < 0.5 && { minEdge: between(1, short) }),
      ...(random() < 0.5 && { maxEdge: between(long, 4 * long) }),
      ...(random() < 0.5 && { maxRatio: (long / short) * (1 + random()) }),
    };
    const wanted = { width: between(16, 8000), height: between(16, 8000) };
    expect(misses(sizeLike(wanted, limits), limits), JSON.stringify({ wanted, limits, fitting })).toEqual([]);
  }
});

type Limits = Parameters<typeof sizeLike>[1];

function sidesOf({ width, height }: { width: number; height: number }): { long: number; short: number } {
  return { long: Math.max(width, height), short: Math.min(width, height) };
}

/** Returns the names of the limits that a size does not meet. */
function misses(size: { width: number; height: number }, limits: Limits): string[] {
  const { step, minPixels = 1, maxPixels = Infinity, minEdge = 1 } = limits;
  const { maxEdge = Infinity, maxRatio = Infinity } = limits;
  const { long, short } = sidesOf(size);
  const pixels = size.width * size.height;
  const met = {
    ...{ step: size.width % step === 0 && size.height % step === 0 },
    ...{ minPixels: pixels >= minPixels, maxPixels: pixels <= maxPixels },
    ...{ minEdge: short >= minEdge, maxEdge: long <= maxEdge, maxRatio: long / short <= maxRatio },
  };
  return Object.entries(met).flatMap(([name, isMet]) => (isMet ? [] : [name]));
}

/** A linear congruential generator, so that every run draws the same numbers from 0 to 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

test('compares ratios by proportion', () => {
  expect(nearestOfRatios('21:9', ['1:1', '16:9', '20:9'])).toBe('20:9');
  expect(nearestOfRatios('2:3', ['1:1', '3:4', '9:16'])).toBe('3:4');
});
