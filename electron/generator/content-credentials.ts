// Does a picture carry a C2PA manifest, the signed word on where it comes from? Encoding it anew would destroy it.
import type { PictureFormat } from '../../shared/picture-files';
import { isoBoxes, jpegSegments, pngChunks, riffChunks, viewOf } from './containers';

const gifBlock = Buffer.from('\x21\xff\x0bC2PA_GIF', 'latin1');
const avifUuid = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');

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
      return [...isoBoxes(view)].some(
        ({ name, start }) => name === 'uuid' && avifUuid.equals(bytes.subarray(start, start + 16)),
      );
    case 'gif':
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(gifBlock);
  }
}

/** An APP11 segment of JPEG XT: "JP", a box's number, a sequence number, then the box itself (ISO/IEC 19566-5, D.2). */
function isJumbf(segment: Uint8Array): boolean {
  const text = (start: number, end: number) => String.fromCharCode(...segment.subarray(start, end));
  return text(0, 2) === 'JP' && text(12, 16) === 'jumb';
}
