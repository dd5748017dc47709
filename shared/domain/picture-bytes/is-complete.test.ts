import { describe, expect, test } from 'vitest';
import { noise } from '../../../electron/generator/pipeline/test-pictures';
import { inspect } from './inspect';

const canvas = noise(80, 60);
const samples = [
  ['png', canvas.toBuffer('image/png')],
  ['jpg', canvas.toBuffer('image/jpeg', 90)],
  ['webp', canvas.toBuffer('image/webp', 90)],
  ['gif', await canvas.encode('gif')],
  ['avif', await canvas.encode('avif')],
] as const;

const isComplete = (bytes: Uint8Array) => inspect(bytes)?.isComplete ?? false;

describe.each(samples)('%s', (format, bytes) => {
  test('is complete', () => {
    expect(inspect(bytes)).toMatchObject({ format, isComplete: true });
  });

  test('is complete with other bytes after it', () => {
    expect(isComplete(Buffer.concat([bytes, Buffer.from('and more')]))).toBe(true);
  });

  test('is complete as a part of a larger buffer', () => {
    const larger = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('behind')]);
    expect(isComplete(larger.subarray(6, 6 + bytes.length))).toBe(true);
    expect(isComplete(larger.subarray(6, 6 + bytes.length - 8))).toBe(false);
  });

  test('is incomplete wherever it is truncated', () => {
    const complete = Array.from({ length: bytes.length }, (_, length) => length).filter((length) =>
      isComplete(bytes.subarray(0, length)),
    );
    expect(complete).toEqual([]);
  });
});

test('a preview within a JPEG does not count as its end', () => {
  const preview = samples[1][1];
  const length = Buffer.alloc(2);
  length.writeUInt16BE(preview.length + 2);
  const start = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe1), length, preview]);
  expect(isComplete(start)).toBe(false);
  expect(isComplete(Buffer.concat([start, preview.subarray(2)]))).toBe(true);
});

test.each([
  ['a segment length beyond the end', Buffer.of(0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 1), 'jpg'],
  ['a segment length of zero', Buffer.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0), 'jpg'],
  ['a chunk beyond the end', Buffer.from('\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR0000', 'latin1'), 'png'],
  ['a declared size beyond the end', Buffer.from('RIFF\xff\xff\xff\xffWEBPVP8 ', 'latin1'), 'webp'],
] as const)('a file with %s is incomplete', (_what, bytes, format) => {
  expect(inspect(bytes)).toMatchObject({ format, isComplete: false });
});
