// Makes pictures, changes their bytes, and lists files on disk, for tests.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import type { Origin } from './store-image';

export const pictureId = '01930000-0000-7000-8000-0000000000ab';

/** The facts known about a picture before it is decoded. */
export const origin = {
  id: pictureId,
  prompt: 'a red fox at dawn',
  provider: 'google',
  model: 'gemini-nano-banana-2.1',
  params: { aspectRatio: '3:2', seed: 7 },
  costMicroUsd: 33_000,
  durationMs: 6_000,
  createdAt: 1_700_000_000_000,
} satisfies Origin;

/** Draws a gradient. */
export function sample(width: number, height: number) {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  const gradient = pen.createLinearGradient(0, 0, width, height);
  gradient.addColorStop(0, 'gold');
  gradient.addColorStop(1, 'navy');
  pen.fillStyle = gradient;
  pen.fillRect(0, 0, width, height);
  return canvas;
}

/** Draws noise, whose data contains every byte value and makes a large PNG. */
export function noise(width: number, height: number) {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  const pixels = pen.createImageData(width, height);
  let state = 1;
  for (let index = 0; index < pixels.data.length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels.data[index] = index % 4 === 3 ? 255 : state >>> 24;
  }
  pen.putImageData(pixels, 0, 0);
  return canvas;
}

/** Returns every file below a folder, with forward slashes, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .toSorted();
}

/** Returns the PNG with an additional chunk after its header. */
export function withPngChunk(png: Uint8Array, name: string, data: Uint8Array): Buffer {
  const afterHeader = 8 + 25;
  return Buffer.concat([png.subarray(0, afterHeader), pngChunk(name, data), png.subarray(afterHeader)]);
}

/** https://www.w3.org/TR/png/#5Chunk-layout */
export function pngChunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** Returns the JPEG with an additional segment at its beginning. */
export function withJpegSegment(jpeg: Uint8Array, marker: number, data: Uint8Array): Buffer {
  const head = Buffer.of(0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}

/** Returns a WebP of these chunks. */
export function webpOf(...chunks: [name: string, data: Uint8Array][]): Buffer {
  const body = Buffer.concat(
    chunks.flatMap(([name, data]) => {
      const head = Buffer.alloc(8);
      head.write(name, 'latin1');
      head.writeUInt32LE(data.length, 4);
      return [head, data, Buffer.alloc(data.length % 2)];
    }),
  );
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}

/** Returns a box of ISO/IEC 14496-12. */
export function isoBox(name: string, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** Returns numbers as big-endian 32-bit words. */
export function words(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, index) => {
    bytes.writeUInt32BE(number, index * 4);
  });
  return bytes;
}
