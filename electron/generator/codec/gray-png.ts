// Encodes an 8-bit gray PNG, the only format of masks. The canvas cannot write it.
import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import { pngSignature, writePngChunk } from '../../../shared/domain/picture-bytes/png';

const compress = promisify(deflate);

/** @param gray one byte per pixel, line by line. */
export async function encodeGrayPng(width: number, height: number, gray: Uint8Array): Promise<Uint8Array> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Bit depth 8; colour type 0, gray, is the default: https://www.w3.org/TR/png-3/#11IHDR
  header[8] = 8;
  // Each line begins with its filter type, here none: https://www.w3.org/TR/png-3/#9Filters
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    lines.set(gray.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  const pixels = await compress(lines);
  return Buffer.concat([
    Buffer.from(pngSignature, 'latin1'),
    writePngChunk('IHDR', header),
    writePngChunk('IDAT', pixels, crc32),
    writePngChunk('IEND', new Uint8Array(0)),
  ]);
}
