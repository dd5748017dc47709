import { createCanvas, loadImage } from '@napi-rs/canvas';
import { thumbHashToApproximateAspectRatio, thumbHashToAverageRGBA } from 'thumbhash';
import { describe, expect, test } from 'vitest';
import { formatOf } from '../../../shared/domain/picture-bytes/format-of';
import { noise } from '../pipeline/test-pictures';
import { decode, encodePng, encodeThumbnail, thumbhashOf, uprightCanvas } from './decode';

function sample(width: number, height: number, colour = 'rgb(200 40 20)') {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = colour;
  pen.fillRect(0, 0, width, height);
  return canvas;
}

describe('a thumbnail', () => {
  test.each([
    [2000, 1000, 512, 256],
    [1000, 2000, 256, 512],
    [513, 513, 512, 512],
    [512, 512, 512, 512],
    [100, 50, 100, 50],
    [3000, 2, 512, 1],
    [1, 1, 1, 1],
  ])('of %i x %i is %i x %i', async (width, height, smallWidth, smallHeight) => {
    const image = await decode(sample(width, height).toBuffer('image/png'));
    const bytes = await encodeThumbnail(image, 512);
    expect(formatOf(bytes)).toBe('webp');
    const thumbnail = await loadImage(bytes);
    expect([thumbnail.width, thumbnail.height]).toEqual([smallWidth, smallHeight]);
    const smaller = await loadImage(await encodeThumbnail(image, 256));
    expect(Math.max(smaller.width, smaller.height)).toBe(Math.min(256, Math.max(width, height)));
  });
});

describe('a ThumbHash', () => {
  test.each([
    [1600, 900],
    [900, 1600],
    [64, 64],
    [1, 1],
    [2000, 1],
  ])('of %i x %i has the colour of its picture', async (width, height) => {
    const image = await decode(sample(width, height).toBuffer('image/png'));
    const { r, g, b, a } = thumbHashToAverageRGBA(await thumbhashOf(image));
    expect(a).toBe(1);
    expect(Math.abs(r * 255 - 200)).toBeLessThan(16);
    expect(Math.abs(g * 255 - 40)).toBeLessThan(16);
    expect(Math.abs(b * 255 - 20)).toBeLessThan(16);
  });

  test('encodes the picture’s orientation in a few bytes', async () => {
    const wide = await thumbhashOf(await decode(sample(1600, 900).toBuffer('image/png')));
    const tall = await thumbhashOf(await decode(sample(900, 1600).toBuffer('image/png')));
    expect(wide.length).toBeLessThan(40);
    expect(thumbHashToApproximateAspectRatio(wide)).toBeGreaterThan(1.4);
    expect(thumbHashToApproximateAspectRatio(tall)).toBeLessThan(0.7);
  });
});

test.each(['', 'junk', '<html>', '\x89PNG\r\n\x1a\n'])('%j cannot be decoded', async (text) => {
  await expect(decode(Buffer.from(text, 'latin1'))).rejects.toThrow();
});

test('decodes only its own part of a larger buffer', async () => {
  const bytes = sample(30, 20).toBuffer('image/png');
  const larger = Buffer.concat([sample(7, 7).toBuffer('image/png'), bytes, Buffer.from('behind')]);
  const start = larger.length - bytes.length - 6;
  const image = await decode(new Uint8Array(larger.buffer, larger.byteOffset + start, bytes.length));
  expect([image.width, image.height]).toEqual([30, 20]);
});

test('a PNG of the same size has the very same pixels', async () => {
  const bytes = noise(40, 30).toBuffer('image/png');
  const copy = await uprightCanvas(await decode(await encodePng(await decode(bytes))));
  const canvas = createCanvas(40, 30);
  canvas.getContext('2d').drawImage(copy, 0, 0);
  const { data } = canvas.getContext('2d').getImageData(0, 0, 40, 30);
  expect(data).toEqual(noise(40, 30).getContext('2d').getImageData(0, 0, 40, 30).data);
});
