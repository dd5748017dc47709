import { describe, expect, test } from 'vitest';
import { sample } from '../../../electron/generator/pipeline/test-pictures';
import { formatOf } from './format-of';

describe('the format is recognized by its signature', () => {
  const signatures = [
    ['png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['jpg', Buffer.of(0xff, 0xd8, 0xff)],
    ['webp', Buffer.from('RIFF\x00\x00\x00\x00WEBP', 'latin1')],
    ['avif', Buffer.from('\x00\x00\x00\x20ftypavif', 'latin1')],
    ['avif', Buffer.from('\x00\x00\x00\x1cftypavis', 'latin1')],
    ['avif', Buffer.from('\x00\x00\x00\x1cftypmif1\0\0\0\0mif1avif', 'latin1')],
    ['gif', Buffer.from('GIF87a')],
    ['gif', Buffer.from('GIF89a')],
  ] as const;

  test.each(signatures)('%s: %j', (format, signature) => {
    expect(formatOf(signature)).toBe(format);
    expect(formatOf(Buffer.concat([signature, Buffer.alloc(100)]))).toBe(format);
    expect(formatOf(new Uint8Array(signature))).toBe(format);
  });

  test.each(signatures)('%s: %j, but not a part of that signature', (_format, signature) => {
    for (let length = 0; length < signature.length; length += 1) {
      expect(formatOf(signature.subarray(0, length))).toBeNull();
    }
  });

  test.each([
    ['nothing', ''],
    ['a web page', '<!doctype html><html><body>502 Bad Gateway</body></html>'],
    ['an error in JSON', '{"error":{"code":429}}'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['another RIFF', 'RIFF\x00\x00\x00\x00WAVE'],
    ['another film', '\x00\x00\x00\x20ftypisom'],
    ['a HEIC', '\x00\x00\x00\x18ftypmif1\0\0\0\0mif1heicavif'],
    ['BMP', 'BM\x00\x00\x00\x00'],
    ['TIFF', 'II*\x00'],
    ['a PNG that lost its line ends', '\x89PNG\n\x1a\n\x00\x00'],
    ['a signature further in', ' \x89PNG\r\n\x1a\n'],
  ])('%s is not a picture', (_what, text) => {
    expect(formatOf(Buffer.from(text, 'latin1'))).toBeNull();
  });

  test('every format that the codec writes is recognized', async () => {
    const canvas = sample(20, 10);
    expect(formatOf(await canvas.encode('png'))).toBe('png');
    expect(formatOf(await canvas.encode('jpeg'))).toBe('jpg');
    expect(formatOf(await canvas.encode('webp'))).toBe('webp');
    expect(formatOf(await canvas.encode('avif'))).toBe('avif');
    expect(formatOf(await canvas.encode('gif'))).toBe('gif');
  });
});
