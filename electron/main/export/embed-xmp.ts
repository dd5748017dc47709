// Puts an XMP packet into a PNG, JPEG or WebP, and finds it there again, without touching a pixel.
import { crc32 } from 'node:zlib';
import type { PictureFormat } from '../../../shared/domain/picture-files';

/**
 * @returns a copy of the file that carries the packet instead of any it had, or null where the format has no place
 *   for one that we know, or the file is not whole.
 */
export function embedXmp(file: Uint8Array, format: PictureFormat, packet: string): Uint8Array | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const xmp = Buffer.from(packet, 'utf8');
  try {
    if (format === 'png') return embedInPng(bytes, xmp);
    if (format === 'jpg') return embedInJpeg(bytes, xmp);
    if (format === 'webp') return embedInWebp(bytes, xmp);
  } catch (error) {
    // Reading past the end: the file is cut short.
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

/** @returns the XMP packet of a file, or null. */
export function findXmp(file: Uint8Array, format: PictureFormat): string | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  try {
    const found =
      format === 'png'
        ? pngChunks(bytes).find(isXmpChunk)?.data.subarray(pngHeader.length)
        : format === 'jpg'
          ? jpegSegments(bytes).find(isXmpSegment)?.data.subarray(jpegHeader.length)
          : format === 'webp'
            ? webpChunks(bytes).find(({ type }) => type === 'XMP ')?.data
            : undefined;
    return found?.toString('utf8') ?? null;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return null;
  }
}

type Chunk = { type: string; data: Buffer };

// PNG: chunks of length, type, data, CRC: https://www.w3.org/TR/png-3/#5Chunk-layout

const pngSignatureLength = 8;
/** Keyword, no compression, no language: https://www.w3.org/TR/png-3/#11iTXt */
const pngHeader = Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1');

function isXmpChunk({ type, data }: Chunk): boolean {
  return type === 'iTXt' && data.subarray(0, pngHeader.length).equals(pngHeader);
}

function pngChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = pngSignatureLength; ; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    // Read to make sure that it is there.
    bytes.readUInt32BE(at + 8 + length);
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    if (type === 'IEND') return chunks;
    at += 12 + length;
  }
}

function embedInPng(bytes: Buffer, xmp: Buffer): Buffer {
  const [header, ...rest] = pngChunks(bytes).filter((chunk) => !isXmpChunk(chunk));
  if (!header) throw new RangeError('The PNG has no chunks.');
  const added: Chunk = { type: 'iTXt', data: Buffer.concat([pngHeader, xmp]) };
  return Buffer.concat([
    bytes.subarray(0, pngSignatureLength),
    ...[header, added, ...rest].map(writePngChunk),
  ]);
}

function writePngChunk({ type, data }: Chunk): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

// JPEG: segments of marker, length, data up to the scan: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.1.1

const jpegHeader = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const maxSegmentBytes = 65_533;
const startOfScan = 0xda;
const app1 = 0xe1;

type Segment = { marker: number; data: Buffer; start: number; end: number };

function isXmpSegment({ marker, data }: Segment): boolean {
  return marker === app1 && data.subarray(0, jpegHeader.length).equals(jpegHeader);
}

/** @returns the segments between the start of the image and its first scan. */
function jpegSegments(bytes: Buffer): Segment[] {
  const segments: Segment[] = [];
  for (let at = 2; ; ) {
    if (bytes.readUInt8(at) !== 0xff) throw new RangeError('The JPEG has no marker where one must be.');
    const marker = bytes.readUInt8(at + 1);
    if (marker === startOfScan) return segments;
    const length = bytes.readUInt16BE(at + 2);
    const end = at + 2 + length;
    bytes.readUInt8(end);
    segments.push({ marker, data: bytes.subarray(at + 4, end), start: at, end });
    at = end;
  }
}

function embedInJpeg(bytes: Buffer, xmp: Buffer): Buffer | null {
  const data = Buffer.concat([jpegHeader, xmp]);
  if (data.length > maxSegmentBytes) return null;
  const segments = jpegSegments(bytes);
  const last = segments.at(-1);
  if (!last) throw new RangeError('The JPEG has no segments.');
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xff00 | app1, 0);
  head.writeUInt16BE(data.length + 2, 2);
  const kept = segments.filter((segment) => !isXmpSegment(segment));
  // Behind APP0, which has to come first in a JFIF file.
  const isApp0 = (segment: Segment | undefined) => segment?.marker === 0xe0;
  const front = isApp0(kept[0]) ? kept.slice(0, 1) : [];
  const pieces = (list: Segment[]) => list.map(({ start, end }) => bytes.subarray(start, end));
  return Buffer.concat([
    bytes.subarray(0, 2),
    ...pieces(front),
    head,
    data,
    ...pieces(kept.slice(front.length)),
    bytes.subarray(last.end),
  ]);
}

// WebP: a RIFF file of chunks: https://developers.google.com/speed/webp/docs/riff_container

const riffHeaderLength = 12;
const hasAlpha = 0x10;
const hasXmp = 0x04;

function webpChunks(bytes: Buffer): Chunk[] {
  const end = 8 + bytes.readUInt32LE(4);
  const chunks: Chunk[] = [];
  for (let at = riffHeaderLength; at < end; ) {
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    if (at + 8 + length > bytes.length) throw new RangeError('The WebP is cut short.');
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

function embedInWebp(bytes: Buffer, xmp: Buffer): Buffer {
  const chunks = webpChunks(bytes).filter(({ type }) => type !== 'XMP ');
  const [first, ...rest] = chunks;
  if (!first) throw new RangeError('The WebP has no chunks.');
  const extended = first.type === 'VP8X' ? Buffer.from(first.data) : extendedHeader(first);
  extended.writeUInt8(extended.readUInt8(0) | hasXmp, 0);
  const pictures = first.type === 'VP8X' ? rest : chunks;
  // XMP comes last of the chunks that are known: https://developers.google.com/speed/webp/docs/riff_container#extended_file_format
  const all = [{ type: 'VP8X', data: extended }, ...pictures, { type: 'XMP ', data: xmp }];
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...all.map(writeRiffChunk)]);
  return writeRiffChunk({ type: 'RIFF', data: body });
}

/** @returns the data of a VP8X chunk for a file that has only a picture: flags, and the size less one in 24 bits. */
function extendedHeader({ type, data }: Chunk): Buffer {
  const isLossless = type === 'VP8L';
  // Lossless: https://developers.google.com/speed/webp/docs/webp_lossless_bitstream_specification#3_riff_header
  const packed = isLossless ? data.readUInt32LE(1) : 0;
  // Lossy, a VP8 key frame: https://datatracker.ietf.org/doc/html/rfc6386#section-9.1
  const width = isLossless ? (packed & 0x3fff) + 1 : data.readUInt16LE(6) & 0x3fff;
  const height = isLossless ? ((packed >>> 14) & 0x3fff) + 1 : data.readUInt16LE(8) & 0x3fff;
  const header = Buffer.alloc(10);
  if (isLossless && (packed >>> 28) & 1) header.writeUInt8(hasAlpha, 0);
  header.writeUIntLE(width - 1, 4, 3);
  header.writeUIntLE(height - 1, 7, 3);
  return header;
}

function writeRiffChunk({ type, data }: Chunk): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}
