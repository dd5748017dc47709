// Pictures with recipes in each of the places where tools write them, for tests.
import { deflateSync } from 'node:zlib';
import { sample, withJpegSegment, withPngChunk } from '../pipeline/test-pictures';

export const png = sample(32, 24).encodeSync('png');
export const jpg = sample(32, 24).encodeSync('jpeg');
export const webp = sample(32, 24).encodeSync('webp');

export const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** https://www.w3.org/TR/png-3/#11tEXt */
export function withText(keyword: string, text: string, file: Uint8Array = png): Buffer {
  return withPngChunk(file, 'tEXt', Buffer.concat([latin1(`${keyword}\0`), Buffer.from(text)]));
}

/** https://www.w3.org/TR/png-3/#11zTXt */
export function withPacked(keyword: string, text: string | Buffer, file: Uint8Array = png): Buffer {
  return withPngChunk(file, 'zTXt', Buffer.concat([latin1(`${keyword}\0\0`), deflateSync(text)]));
}

/** https://www.w3.org/TR/png-3/#11iTXt */
export function withInternational(keyword: string, text: string, isPacked: boolean): Buffer {
  const head = latin1(`${keyword}\0${isPacked ? '\x01' : '\0'}\0en\0name\0`);
  return withPngChunk(png, 'iTXt', Buffer.concat([head, isPacked ? deflateSync(text) : Buffer.from(text)]));
}

/**
 * A TIFF header, a directory that points to the EXIF directory, and the EXIF directory with only a UserComment:
 * https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.5 and 4.6
 */
export function exif(comment: Buffer, order: 'II' | 'MM' = 'MM'): Buffer {
  const head = Buffer.alloc(44);
  const short = (value: number, at: number) =>
    order === 'II' ? head.writeUInt16LE(value, at) : head.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    order === 'II' ? head.writeUInt32LE(value, at) : head.writeUInt32BE(value, at);
  head.write(order, 0, 'latin1');
  short(42, 2);
  long(8, 4);
  short(1, 8);
  entry(10, 0x8769, 4, 1, 26);
  short(1, 26);
  entry(28, 0x9286, 7, comment.length, 44);
  return Buffer.concat([head, comment]);
  function entry(at: number, tag: number, type: number, count: number, value: number): void {
    short(tag, at);
    short(type, at + 2);
    long(count, at + 4);
    long(value, at + 8);
  }
}

/** Writes a comment like piexif's `UserComment.dump(text, encoding="unicode")`, which Automatic1111 uses. */
export function bigEndianComment(text: string): Buffer {
  return Buffer.concat([latin1('UNICODE\0'), Buffer.from(text, 'utf16le').swap16()]);
}

export const inJpeg = (comment: Buffer, order?: 'II' | 'MM') =>
  withJpegSegment(jpg, 0xe1, Buffer.concat([latin1('Exif\0\0'), exif(comment, order)]));

/** Returns a picture with a comment of its format. */
export function withComment(text: string, format: 'gif' | 'jpg'): Buffer {
  const data = Buffer.from(text);
  if (format === 'jpg') return withJpegSegment(jpg, 0xfe, data);
  const blocks = Array.from({ length: Math.ceil(data.length / 255) }, (_, index) => {
    const piece = data.subarray(index * 255, (index + 1) * 255);
    return Buffer.concat([Buffer.of(piece.length), piece]);
  });
  return Buffer.concat([
    ...[gif.subarray(0, 13), Buffer.of(0x21, 0xfe), ...blocks, Buffer.of(0)],
    gif.subarray(13),
  ]);
}

/** One white pixel, without a global colour table. */
const gif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAIAAAAD///8CAkQBADs=', 'base64');

// https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/Features#png-info
export const parameters = [
  'a red fox at dawn, ß 桜 🦊',
  'masterpiece',
  'Negative prompt: blurry,',
  'low quality',
  'Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 3965124971, Size: 512x768, Model hash: 6ce0161689, Model: v1-5-pruned, Lora hashes: "one: 1a, two: 2b", Version: v1.6.0',
].join('\n');
