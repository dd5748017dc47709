// Does a picture carry a C2PA manifest, the signed word on where it comes from? Encoding it anew would destroy it.

import { isoBoxes, jpegSegments, pngChunks, riffChunks, viewOf } from './picture-containers';
import type { PictureFormat } from './picture-files';

const gifBlock = '\x21\xff\x0bC2PA_GIF';
const avifUuid = '\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81';

/**
 * Where each format keeps one: https://c2pa.org/specifications/specifications/2.1/specs/C2PA_Specification.html,
 * appendix A, "Embedding manifests". Any JUMBF in a JPEG counts: to keep a file too many costs little.
 *
 * @param bytes of a picture in this format, by its signature.
 */
export function carriesC2pa(bytes: Uint8Array, format: PictureFormat): boolean {
  const view = viewOf(bytes);
  switch (format) {
    case 'png':
      return [...pngChunks(view)].some(({ name }) => name === 'caBX');
    case 'jpg':
      return [...jpegSegments(bytes)].some(
        ({ marker, start, end }) => marker === 0xeb && isJumbf(bytes.subarray(start, end)),
      );
    case 'webp':
      return [...riffChunks(view)].some(({ name }) => name === 'C2PA');
    case 'avif':
      return [...isoBoxes(view)].some(({ name, start }) => name === 'uuid' && isAt(bytes, start, avifUuid));
    case 'gif':
      return bytes.some((byte, at) => byte === 0x21 && isAt(bytes, at, gifBlock));
  }
}

/** An APP11 segment of JPEG XT: "JP", a box's number, a sequence number, then the box itself (ISO/IEC 19566-5, D.2). */
function isJumbf(segment: Uint8Array): boolean {
  return isAt(segment, 0, 'JP') && isAt(segment, 12, 'jumb');
}

/** Whether the bytes from `start` are these characters, a byte each. */
function isAt(bytes: Uint8Array, start: number, text: string): boolean {
  return String.fromCharCode(...bytes.subarray(start, start + text.length)) === text;
}
