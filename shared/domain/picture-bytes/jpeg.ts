// JPEG: walks its segments without trusting any length, and reads what they say. https://www.w3.org/Graphics/JPEG/itu-t81.pdf
import { type ContainerFacts, largestOf, type Size } from './facts';
import { hasTextAt, type Span, viewOf } from './span';

export const jpegSignature = '\xff\xd8\xff';

/** Second bytes of markers: B.1.1.3. */
export const jpegMarkers = {
  end: 0xd9,
  scan: 0xda,
  app0: 0xe0,
  app1: 0xe1,
  app2: 0xe2,
  app11: 0xeb,
  app14: 0xee,
  comment: 0xfe,
} as const;
const [firstFrame, lastFrame] = [0xc0, 0xcf];
/** Markers in this range that are not frame headers: Huffman tables, a reserved one, arithmetic conditioning. */
const notFrames: readonly number[] = [0xc4, 0xc8, 0xcc];

export type JpegSegment = Span & { marker: number };

/**
 * Yields the segments up to the end of the image, past the scans' data, or up to the first incomplete one. A preview
 * within a segment is content of that segment.
 */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment> {
  for (let start = nextJpegMarker(bytes, 2); start >= 2 && start + 2 <= bytes.length; ) {
    const marker = bytes[start + 1] ?? 0;
    if (marker === jpegMarkers.end) {
      const end = start + 2;
      yield { marker, start, end, contentStart: end, contentEnd: end };
      return;
    }
    const length = (bytes[start + 2] ?? 0) * 256 + (bytes[start + 3] ?? 0);
    const end = start + 2 + length;
    if (length < 2 || end > bytes.length) return;
    yield { marker, start, end, contentStart: start + 4, contentEnd: end };
    start = nextJpegMarker(bytes, end);
  }
}

/** Returns the offset of the next marker, skipping 0xFF in data, fill bytes and restarts; -1 if there is none. */
export function nextJpegMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    const isData = code === undefined || code === 0 || code === 0xff || (code >= 0xd0 && code <= 0xd7);
    if (!isData) return at;
  }
  return -1;
}

/** Yields the segments before the first scan, which include all metadata. */
export function* jpegHeaderSegments(bytes: Uint8Array): Generator<JpegSegment> {
  for (const segment of jpegSegments(bytes)) {
    if (segment.marker === jpegMarkers.scan) return;
    yield segment;
  }
}

/** Reads the facts from the bytes of a JPEG. Never throws. */
export function inspectJpeg(bytes: Uint8Array): ContainerFacts {
  const sizes: Size[] = [];
  let isInHeader = true;
  let isComplete = false;
  let hasContentCredentials = false;
  let hasColourProfile = false;
  for (const segment of jpegSegments(bytes)) {
    const { marker, contentStart } = segment;
    if (marker === jpegMarkers.scan) isInHeader = false;
    if (marker === jpegMarkers.end) isComplete = true;
    if (marker === jpegMarkers.app11 && isJumbf(bytes, segment)) hasContentCredentials = true;
    if (!isInHeader) continue;
    sizes.push(...frameSize(bytes, segment));
    // https://www.color.org/technotes/ICC-Technote-ProfileEmbedding.pdf
    if (marker === jpegMarkers.app2 && hasTextAt(bytes, contentStart, 'ICC_PROFILE\0'))
      hasColourProfile = true;
  }
  return { size: largestOf(sizes), isComplete, hasContentCredentials, isAnimated: false, hasColourProfile };
}

/** A frame header begins with a byte of precision, then height and width: B.2.2. */
function frameSize(bytes: Uint8Array, { marker, contentStart, contentEnd }: JpegSegment): Size[] {
  const isFrame = marker >= firstFrame && marker <= lastFrame && !notFrames.includes(marker);
  if (!isFrame || contentEnd - contentStart < 5) return [];
  const view = viewOf(bytes);
  return [{ width: view.getUint16(contentStart + 3), height: view.getUint16(contentStart + 1) }];
}

/**
 * APP11 of JPEG XT: "JP", a box number, a sequence number, then the box itself (ISO/IEC 19566-5, D.2). Any JUMBF counts
 * as content credentials, because keeping a file unchanged without need costs little.
 */
function isJumbf(bytes: Uint8Array, { contentStart, contentEnd }: JpegSegment): boolean {
  const content = bytes.subarray(contentStart, contentEnd);
  return hasTextAt(content, 0, 'JP') && hasTextAt(content, 12, 'jumb');
}
