import { describe, expect, test } from 'vitest';
import { aspectRatios, pictureSizes } from './models';
import { otherShape } from './picture-notes';

describe('a picture of the requested shape and size has no note', () => {
  test.each([
    ['1:1', undefined, 512, 512],
    ['1:1', undefined, 2048, 2048],
    ['21:9', undefined, 1536, 640],
    ['16:9', undefined, 1664, 928],
    ['16:9', '4K', 3840, 2160],
    ['16:9', '4K', 5504, 3072],
    ['1:1', '2K', 2048, 2048],
    ['1:1', '4K', 2880, 2880],
  ] as const)('%s at %s: %i × %i', (aspectRatio, resolution, width, height) => {
    const params = { aspectRatio, ...(resolution && { resolution }) };
    expect(otherShape(params, { width, height })).toBeNull();
  });

  test.each(aspectRatios)('%s in multiples of 64', (aspectRatio) => {
    const { width, height } = pictureSizes[aspectRatio];
    const round = (pixels: number) => Math.round(pixels / 64) * 64;
    expect(otherShape({ aspectRatio }, { width: round(width), height: round(height) })).toBeNull();
  });
});

describe('a picture of another shape or size has a note with both', () => {
  test.each([
    ['16:9', undefined, 1536, 1024],
    ['16:9', undefined, 1026, 1824],
    ['1:1', undefined, 1100, 1024],
    ['16:9', '4K', 1440, 800],
    ['1:1', '2K', 1024, 1024],
    ['1:1', '2K', 4096, 4096],
  ] as const)('%s at %s: %i × %i', (aspectRatio, resolution, width, height) => {
    const asked = { aspectRatio, ...(resolution && { resolution }) };
    expect(otherShape(asked, { width, height })).toEqual({
      code: 'other_shape',
      asked,
      got: { width, height },
    });
  });
});
