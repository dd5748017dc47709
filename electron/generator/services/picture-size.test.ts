// Picture sizes in pixels.
import { expect, it } from 'vitest';
import { aspectRatios, pictureResolutions } from '../../../shared/domain/models';
import { nearestSize, pixelSize } from './picture-size';

const combinations = aspectRatios.flatMap((aspectRatio) =>
  pictureResolutions.map((resolution) => ({ aspectRatio, resolution, seed: 1 })),
);

it.each(combinations)('keeps shape and size of $aspectRatio at $resolution in whole steps', (params) => {
  const { width, height } = pixelSize(params, 1024, 8);
  const [across = 1, down = 1] = params.aspectRatio.split(':').map(Number);
  expect([width % 8, height % 8]).toEqual([0, 0]);
  expect(Math.abs(Math.log((width / height) * (down / across)))).toBeLessThan(0.02);
  const side = 1024 * Number(params.resolution[0]);
  expect(Math.abs(Math.sqrt(width * height) / side - 1)).toBeLessThan(0.02);
});

it('selects the offered size with the nearest shape', () => {
  const sizes = [
    { width: 1024, height: 1024 },
    { width: 1536, height: 1024 },
    { width: 1024, height: 1536 },
  ] as const;
  const nearest = aspectRatios.map((aspectRatio) => {
    const { width, height } = nearestSize(pixelSize({ aspectRatio, seed: 1 }, 1024, 8), sizes);
    return `${aspectRatio} ${width}x${height}`;
  });
  expect(nearest).toEqual([
    '1:1 1024x1024',
    '3:2 1536x1024',
    '2:3 1024x1536',
    '4:3 1536x1024',
    '3:4 1024x1536',
    '5:4 1536x1024',
    '4:5 1024x1536',
    '16:9 1536x1024',
    '9:16 1024x1536',
    '21:9 1536x1024',
    '4:1 1536x1024',
    '1:4 1024x1536',
    '8:1 1536x1024',
    '1:8 1024x1536',
  ]);
});
