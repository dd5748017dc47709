import { expect, test } from 'vitest';
import { aspectRatios, pictureSizes } from '../../../shared/domain/models';
import { frameRatio } from './frame-ratio';

const shapes = aspectRatios.map((aspectRatio) => ({ aspectRatio, ...pictureSizes[aspectRatio] }));

test.each(shapes)(
  'a placeholder of $aspectRatio has the requested shape',
  ({ aspectRatio, width, height }) => {
    expect(frameRatio({ image: null, params: { aspectRatio } }, false)).toBeCloseTo(width / height);
  },
);

test.each(shapes)('an existing picture of $aspectRatio has its own shape, whatever was requested', (own) => {
  for (const { aspectRatio, ...asked } of shapes) {
    const frame = frameRatio({ image: own, params: { aspectRatio } }, false);
    // Apart from rounding, the placeholder's shape fits as well, without a visible band.
    const difference = Math.max(frame / (own.width / own.height), own.width / own.height / frame);
    expect(difference).toBeLessThan(1.061);
    if (own.aspectRatio === aspectRatio) expect(frame).toBe(asked.width / asked.height);
  }
});

test('rounding of sides changes no frame', () => {
  const { width, height } = pictureSizes['3:2'];
  const image = { width: Math.round(width / 64) * 64 + 32, height: Math.round(height / 64) * 64 };
  expect(frameRatio({ image, params: { aspectRatio: '3:2' } }, false)).toBe(width / height);
});

test('pictures of one request share a grid while some are still to come', () => {
  const image = { width: 1024, height: 1024 };
  expect(frameRatio({ image, params: { aspectRatio: '16:9' } }, true)).toBeGreaterThan(1.5);
});
