// Is a picture there to its end? The codec opens half of one without a word.

import {
  gifBlocks,
  isoBoxes,
  jpegSegments,
  pngChunks,
  viewOf,
} from '../../../shared/domain/picture-containers';
import type { PictureFormat } from '../../../shared/domain/picture-files';

/**
 * @param bytes of a picture in this format, by its signature. More may follow its end.
 * @returns false where it breaks off before its end.
 */
export function isWhole(bytes: Uint8Array, format: PictureFormat): boolean {
  const view = viewOf(bytes);
  switch (format) {
    case 'png':
      return has(pngChunks(view), ({ name }) => name === 'IEND');
    case 'jpg':
      return has(jpegSegments(bytes), ({ marker }) => marker === 0xd9);
    case 'webp':
      // The size of what follows the first eight bytes: https://developers.google.com/speed/webp/docs/riff_container
      return view.byteLength >= 12 && view.getUint32(4, true) + 8 <= view.byteLength;
    case 'gif':
      return has(gifBlocks(bytes), ({ kind }) => kind === 'trailer');
    case 'avif': {
      const names = new Set([...isoBoxes(view)].map(({ name }) => name));
      return names.has('mdat') && (names.has('meta') || names.has('moov'));
    }
  }
}

function has<Part>(parts: Iterable<Part>, isIt: (part: Part) => boolean): boolean {
  for (const part of parts) if (isIt(part)) return true;
  return false;
}
