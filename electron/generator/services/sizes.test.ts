// Sizes stay within a service's limits for every shape and resolution.
import { expect, test } from 'vitest';
import { aspectRatios, pictureResolutions } from '../../../shared/domain/models';
import { nearestOfRatios, sizeWithin } from './sizes';

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

test('compares ratios by proportion', () => {
  expect(nearestOfRatios('21:9', ['1:1', '16:9', '20:9'])).toBe('20:9');
  expect(nearestOfRatios('2:3', ['1:1', '3:4', '9:16'])).toBe('3:4');
});
