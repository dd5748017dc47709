// Puts an XMP packet into a picture's file, and finds it there again, without touching a pixel.
import { embedInAvif } from './avif-xmp';
import { formatOf } from './format-of';
import { embedInGif } from './gif-xmp';
import { type JpegSegment, jpegMarkers, jpegSegments } from './jpeg';
import { jpegXmpHeader, metadataIn } from './metadata';
import { pngChunks, pngSignature, writePngChunk } from './png';
import { type Chunk, concatenate, contentOf, hasTextAt, latin1, viewOf } from './span';
import {
  declaredWebpLength,
  hasLosslessAlpha,
  paddedWebpChunk,
  webpChunks,
  webpFlags,
  webpSize,
  writeWebp,
  writeWebpChunk,
} from './webp';

/** Keyword, no compression, no language: https://www.w3.org/TR/png-3/#11iTXt */
const pngXmpHeader = 'XML:com.adobe.xmp\0\0\0\0\0';
const maxSegmentLength = 65_533;

/**
 * Returns a copy of the file that carries this packet instead of any it had. Returns null when the format has no known
 * place for one, the packet is too long for it, or the file is incomplete.
 */
export function embedXmp(bytes: Uint8Array, packet: string): Uint8Array | null {
  const format = formatOf(bytes);
  const xmp = new TextEncoder().encode(packet);
  if (format === 'png') return embedInPng(bytes, xmp);
  if (format === 'jpg') return embedInJpeg(bytes, xmp);
  if (format === 'webp') return embedInWebp(bytes, xmp);
  if (format === 'gif') return embedInGif(bytes, xmp);
  return format === 'avif' ? embedInAvif(bytes, xmp) : null;
}

/** Returns the first XMP packet that is stored without compression, or null. */
export function findXmp(bytes: Uint8Array): string | null {
  const format = formatOf(bytes);
  for (const part of format ? metadataIn(bytes, format) : []) {
    const content = contentOf(bytes, part);
    if (part.kind === 'xmp') return decode(content);
    const isPlain = part.kind === 'xmp-text' && hasTextAt(content, 0, pngXmpHeader);
    if (isPlain) return decode(content.subarray(pngXmpHeader.length));
  }
  return null;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Returns the offsets at which parts with XMP begin. */
function xmpStarts(bytes: Uint8Array, format: 'png' | 'jpg'): Set<number> {
  const parts = [...metadataIn(bytes, format)];
  return new Set(parts.filter(({ kind }) => kind === 'xmp' || kind === 'xmp-text').map(({ start }) => start));
}

function embedInPng(bytes: Uint8Array, xmp: Uint8Array): Uint8Array | null {
  const chunks = [...pngChunks(bytes)];
  const last = chunks.findIndex(({ name }) => name === 'IEND');
  if (last < 0) return null;
  const replaced = xmpStarts(bytes, 'png');
  const [header, ...rest] = chunks
    .slice(0, last + 1)
    .filter(({ start }) => !replaced.has(start))
    .map(({ start, end }) => bytes.subarray(start, end));
  if (!header) return null;
  const added = writePngChunk('iTXt', concatenate([latin1(pngXmpHeader), xmp]));
  return concatenate([bytes.subarray(0, pngSignature.length), header, added, ...rest]);
}

function embedInJpeg(bytes: Uint8Array, xmp: Uint8Array): Uint8Array | null {
  const content = concatenate([latin1(jpegXmpHeader), xmp]);
  if (content.length > maxSegmentLength) return null;
  const segments = [...jpegSegments(bytes)];
  const scan = segments.findIndex(({ marker }) => marker === jpegMarkers.scan);
  const scanStart = segments[scan]?.start;
  if (scan < 1 || scanStart === undefined) return null;
  const replaced = xmpStarts(bytes, 'jpg');
  // Bytes of fill between two segments stay with the first.
  const piece = ({ start }: JpegSegment, index: number) => ({
    isKept: !replaced.has(start),
    isApp0: segments[index]?.marker === jpegMarkers.app0,
    bytes: bytes.subarray(start, segments[index + 1]?.start ?? scanStart),
  });
  const kept = segments
    .slice(0, scan)
    .map(piece)
    .filter(({ isKept }) => isKept);
  // A JFIF file must begin with APP0.
  const front = kept[0]?.isApp0 ? 1 : 0;
  const pieces = kept.map((segment) => segment.bytes);
  const head = new Uint8Array([0xff, jpegMarkers.app1, 0, 0]);
  viewOf(head).setUint16(2, content.length + 2);
  return concatenate([
    bytes.subarray(0, 2),
    ...pieces.slice(0, front),
    head,
    content,
    ...pieces.slice(front),
    bytes.subarray(scanStart),
  ]);
}

function embedInWebp(bytes: Uint8Array, xmp: Uint8Array): Uint8Array | null {
  const length = declaredWebpLength(bytes);
  if (length === null) return null;
  const all = [...webpChunks(bytes)].filter(({ start }) => start < length);
  const last = all.at(-1);
  if (!last || last.contentEnd + ((last.contentEnd - last.contentStart) % 2) < length) return null;
  const kept = all.filter(({ name }) => name !== 'XMP ');
  const [first] = kept;
  if (!first) return null;
  const hasHeader = first.name === 'VP8X';
  const header = hasHeader ? Uint8Array.from(contentOf(bytes, first)) : extendedHeader(bytes, first);
  const flags = header?.[0];
  if (!header || flags === undefined) return null;
  header[0] = flags | webpFlags.hasXmp;
  // XMP is the last of the known chunks: https://developers.google.com/speed/webp/docs/riff_container#extended_file_format
  return writeWebp([
    writeWebpChunk('VP8X', header),
    ...kept.slice(hasHeader ? 1 : 0).map((chunk) => paddedWebpChunk(bytes, chunk)),
    writeWebpChunk('XMP ', xmp),
  ]);
}

/** Returns the content of a VP8X chunk for a file that has only a picture: flags, and the size less one in 24 bits. */
function extendedHeader(bytes: Uint8Array, picture: Chunk): Uint8Array | null {
  const size = webpSize(bytes, picture);
  if (!size || size.width === 0 || size.height === 0) return null;
  const header = new Uint8Array(10);
  if (hasLosslessAlpha(bytes, picture)) header[0] = webpFlags.hasAlpha;
  for (let byte = 0; byte < 3; byte += 1) {
    header[4 + byte] = ((size.width - 1) >> (8 * byte)) & 0xff;
    header[7 + byte] = ((size.height - 1) >> (8 * byte)) & 0xff;
  }
  return header;
}
