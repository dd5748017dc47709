import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { isWhole } from './is-complete';

/** Noise, so that the data holds every byte there is. */
function noise(width: number, height: number) {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      pen.fillStyle = `rgb(${(x * 7919 + y * 104_729) % 256} ${(x * y * 31) % 256} ${(x * x + y) % 256})`;
      pen.fillRect(x, y, 1, 1);
    }
  }
  return canvas;
}

const canvas = noise(80, 60);
const samples = [
  ['png', canvas.toBuffer('image/png')],
  ['jpg', canvas.toBuffer('image/jpeg', 90)],
  ['webp', canvas.toBuffer('image/webp', 90)],
  ['gif', await canvas.encode('gif')],
  ['avif', await canvas.encode('avif')],
] as const;

describe.each(samples)('%s', (format, bytes) => {
  test('is whole', () => {
    expect(isWhole(bytes, format)).toBe(true);
  });

  test('is whole with something behind it', () => {
    expect(isWhole(Buffer.concat([bytes, Buffer.from('and more')]), format)).toBe(true);
  });

  test('is whole as a part of a larger buffer', () => {
    const larger = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('behind')]);
    expect(isWhole(larger.subarray(6, 6 + bytes.length), format)).toBe(true);
    expect(isWhole(larger.subarray(6, 6 + bytes.length - 8), format)).toBe(false);
  });

  test('is not whole wherever it breaks off', () => {
    const whole = Array.from({ length: bytes.length }, (_, length) => length).filter((length) =>
      isWhole(bytes.subarray(0, length), format),
    );
    expect(whole).toEqual([]);
  });
});

test('a preview within a JPEG does not count as its end', () => {
  const preview = samples[1][1];
  const length = Buffer.alloc(2);
  length.writeUInt16BE(preview.length + 2);
  const start = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe1), length, preview]);
  expect(isWhole(start, 'jpg')).toBe(false);
  expect(isWhole(Buffer.concat([start, preview.subarray(2)]), 'jpg')).toBe(true);
});

test.each([
  ['a length beyond the end', Buffer.of(0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 1), 'jpg'],
  ['a length of nothing', Buffer.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0), 'jpg'],
  ['a chunk beyond the end', Buffer.from('\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR0000', 'latin1'), 'png'],
  ['a size beyond the end', Buffer.from('RIFF\xff\xff\xff\xffWEBPVP8 ', 'latin1'), 'webp'],
] as const)('%s is not whole, and is found out', (_what, bytes, format) => {
  expect(isWhole(bytes, format)).toBe(false);
});
