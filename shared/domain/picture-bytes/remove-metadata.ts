// Removes a picture file's metadata, such as the location of a photo, without decoding it.
import type { Orientation } from './facts';
import { formatOf } from './format-of';
import { type JpegSegment, jpegMarkers, jpegSegments, nextJpegMarker } from './jpeg';
import { findExif } from './metadata';
import { pngChunks, pngSignature, writePngChunk } from './png';
import { type Chunk, concatenate, contentOf, hasTextAt, latin1, nameAt, viewOf } from './span';
import { declaredWebpLength, webpChunks, webpFlags } from './webp';

/**
 * Returns the file without EXIF, XMP, IPTC, texts, comments, content credentials, previews, unknown parts and bytes after its
 * end. Everything that affects the picture stays byte for byte: pixels, colour profile, density and animation. The
 * orientation moves to an EXIF record of its own. Only parts that are known to be needed are kept, because cameras and
 * programs add unknown ones.
 *
 * Never throws. Returns the same array if there is nothing to remove, and if the format is not PNG, JPEG or WebP.
 */
export function removeMetadata(bytes: Uint8Array): Uint8Array {
  const format = formatOf(bytes);
  if (format === 'jpg') return removeJpegMetadata(bytes, findExif(bytes, 'jpg')?.orientation ?? 1);
  if (format === 'png') return cleanPng(bytes);
  return format === 'webp' ? cleanWebp(bytes) : bytes;
}

/** A TIFF header, a directory of one entry, and no further directory: https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.6.2 */
function exifOf(orientation: Orientation): Uint8Array {
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  return Uint8Array.of(0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0);
}

/** Maximum length that is added to a file: a segment or chunk with the orientation. */
const maxAddedLength = 64;

/** Collects the parts that are kept in one array, because a file may consist of millions of them. */
function createCollector(bytes: Uint8Array) {
  let copy: Uint8Array | null = null;
  let length = 0;
  /** Adjacent parts, which are copied together. */
  let [from, to] = [0, 0];
  const write = (piece: Uint8Array) => {
    copy ??= new Uint8Array(bytes.length + maxAddedLength);
    copy.set(piece, length);
    length += piece.length;
  };
  const flush = () => {
    if (to > from) write(bytes.subarray(from, to));
    [from, to] = [0, 0];
  };
  return {
    keep(start: number, end: number): void {
      if (start !== to) {
        flush();
        from = start;
      }
      to = end;
    },
    add(piece: Uint8Array): void {
      flush();
      write(piece);
    },
    /** Returns the file itself if all of it was kept. */
    join(): Uint8Array {
      if (copy === null && from === 0 && to === bytes.length) return bytes;
      flush();
      return copy?.subarray(0, length) ?? bytes;
    },
  };
}

/** As `removeMetadata`, for a JPEG. @param orientation the one that the new file gets. */
export function removeJpegMetadata(bytes: Uint8Array, orientation: Orientation): Uint8Array {
  const collector = createCollector(bytes);
  collector.keep(0, 2);
  let isOriented = orientation === 1;
  for (const segment of jpegSegments(bytes)) {
    const { marker, start, end } = segment;
    // A JFIF file must begin with APP0.
    if (!isOriented && marker !== jpegMarkers.app0) {
      collector.add(jpegSegment(jpegMarkers.app1, [latin1('Exif\0\0'), exifOf(orientation)]));
      isOriented = true;
    }
    if (marker === jpegMarkers.scan) {
      const next = nextJpegMarker(bytes, end);
      collector.keep(start, next < 0 ? bytes.length : next);
    } else if (hasJfifPreview(bytes, segment)) {
      const known = bytes.subarray(segment.contentStart, segment.contentStart + jfifLength - 2);
      collector.add(jpegSegment(jpegMarkers.app0, [known, new Uint8Array(2)]));
    } else if (isNeeded(bytes, segment)) collector.keep(start, end);
  }
  return collector.join();
}

function jpegSegment(marker: number, content: readonly Uint8Array[]): Uint8Array {
  const joined = concatenate(content);
  return concatenate([Uint8Array.of(0xff, marker, 0, joined.length + 2), joined]);
}

/** Markers of applications: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.1.1.3 */
const [firstApplication, lastApplication] = [0xe0, 0xef];

/** Application segments that affect the pixels. Adobe's segment describes how the colours are stored. */
const neededApplications: Readonly<Record<number, string>> = {
  [jpegMarkers.app0]: 'JFIF\0',
  [jpegMarkers.app2]: 'ICC_PROFILE\0',
  [jpegMarkers.app14]: 'Adobe',
};

function isNeeded(bytes: Uint8Array, { marker, contentStart }: JpegSegment): boolean {
  if (marker === jpegMarkers.comment) return false;
  if (marker < firstApplication || marker > lastApplication) return true;
  const name = neededApplications[marker];
  return name !== undefined && hasTextAt(bytes, contentStart, name);
}

/** Length without the preview, whose width and height are the last two bytes: https://www.w3.org/Graphics/JPEG/jfif3.pdf */
const jfifLength = 14;

function hasJfifPreview(bytes: Uint8Array, segment: JpegSegment): boolean {
  const isJfif = segment.marker === jpegMarkers.app0 && isNeeded(bytes, segment);
  return isJfif && segment.contentEnd - segment.contentStart > jfifLength;
}

/** Chunks to keep besides the critical ones, whose names begin with a capital letter: https://www.w3.org/TR/png-3/#11Ancillary-chunks */
const neededChunks = new Set([
  ...['tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'mDCV', 'cLLI'],
  ...['bKGD', 'hIST', 'pHYs', 'sPLT', 'acTL', 'fcTL', 'fdAT'],
]);

function cleanPng(bytes: Uint8Array): Uint8Array {
  const orientation = findExif(bytes, 'png')?.orientation ?? 1;
  const isKept = (name: string) => /^[A-Z]/.test(name) || neededChunks.has(name);
  const collector = createCollector(bytes);
  collector.keep(0, pngSignature.length);
  let isOriented = orientation === 1;
  let at = pngSignature.length;
  for (const { name, start, end } of pngChunks(bytes)) {
    at = end;
    if (isKept(name)) collector.keep(start, end);
    if (!isOriented && name === 'IHDR') {
      collector.add(writePngChunk('eXIf', exifOf(orientation)));
      isOriented = true;
    }
    if (name === 'IEND') return collector.join();
  }
  // A truncated file may end within its pixels, and decoders show the part that exists.
  if (at + 8 <= bytes.length && isKept(nameAt(viewOf(bytes), at + 4))) collector.keep(at, bytes.length);
  return collector.join();
}

const neededWebpChunks = new Set(['VP8X', 'ICCP', 'ANIM', 'ANMF', 'ALPH', 'VP8 ', 'VP8L']);

/** Chromium ignores the orientation of a WebP's EXIF, so there is none to keep. */
function cleanWebp(bytes: Uint8Array): Uint8Array {
  const length = Math.min(declaredWebpLength(bytes) ?? bytes.length, bytes.length);
  const collector = createCollector(bytes);
  collector.keep(0, webpHeaderLength);
  let at = webpHeaderLength;
  for (const chunk of webpChunks(bytes)) {
    if (chunk.start >= length) break;
    at = chunk.end;
    if (!neededWebpChunks.has(chunk.name)) continue;
    if (chunk.name === 'VP8X' && hasMetadataFlags(bytes, chunk)) collector.add(withoutFlags(bytes, chunk));
    else collector.keep(chunk.start, chunk.end);
  }
  // A truncated file may end within its pixels.
  if (at + 8 <= length && neededWebpChunks.has(nameAt(viewOf(bytes), at))) collector.keep(at, length);
  const cleaned = collector.join();
  if (cleaned !== bytes) viewOf(cleaned).setUint32(4, cleaned.length - 8, true);
  return cleaned;
}

const webpHeaderLength = 12;
const metadataFlags = webpFlags.hasXmp | webpFlags.hasExif;

function hasMetadataFlags(bytes: Uint8Array, chunk: Chunk): boolean {
  return ((contentOf(bytes, chunk)[0] ?? 0) & metadataFlags) !== 0;
}

function withoutFlags(bytes: Uint8Array, { start, end, contentStart }: Chunk): Uint8Array {
  const piece = Uint8Array.from(bytes.subarray(start, end));
  const at = contentStart - start;
  piece[at] = (piece[at] ?? 0) & ~metadataFlags;
  return piece;
}
