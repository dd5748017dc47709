// The track of a file whose pictures are frames, such as a burst or an animation: ISO/IEC 14496-12, 8; ISO/IEC 23008-12, 7.
import type { Orientation, Size } from './facts';
import { isoBoxes } from './iso-boxes';
import { orientationOfTrack } from './iso-matrix';
import { type Chunk, nameAt, viewOf } from './span';

/** A track of pictures. All of its frames have the same size, description and orientation. */
export type PictureTrack = Size & { properties: Chunk[]; orientation: Orientation };

/** Offsets of the width and of the boxes in a sample entry: 12.1.3. */
const [widthAt, entryBoxesAt] = [24, 70];
/** Offset of the entries in their full box, after the version, the flags and a count. */
const entriesAt = 8;

/** Returns the first track of pictures; null if there is none. */
export function pictureTrack(bytes: Uint8Array): PictureTrack | null {
  const view = viewOf(bytes);
  for (const movie of boxesIn(bytes, 'moov')) {
    for (const track of boxesIn(bytes, 'trak', movie)) {
      const [media] = boxesIn(bytes, 'mdia', track);
      const [handler] = media ? boxesIn(bytes, 'hdlr', media) : [];
      const isOfPictures =
        handler && handler.contentEnd - handler.contentStart >= 12 && nameAt(view, handler.contentStart + 8);
      if (!media || (isOfPictures !== 'pict' && isOfPictures !== 'vide')) continue;
      const [entry] = boxesIn(bytes, 'minf', media)
        .flatMap((each) => boxesIn(bytes, 'stbl', each))
        .flatMap((each) => boxesIn(bytes, 'stsd', each))
        .flatMap(({ contentStart, contentEnd }) => [
          ...isoBoxes(bytes, contentStart + entriesAt, contentEnd),
        ]);
      if (!entry || entry.contentEnd - entry.contentStart < entryBoxesAt + 8) continue;
      const { contentStart, contentEnd } = entry;
      const headers = [
        ...boxesIn(bytes, 'tkhd', track).slice(0, 1),
        ...boxesIn(bytes, 'mvhd', movie).slice(0, 1),
      ];
      return {
        width: view.getUint16(contentStart + widthAt),
        height: view.getUint16(contentStart + widthAt + 2),
        properties: [...isoBoxes(bytes, contentStart + entryBoxesAt + 8, contentEnd)],
        orientation: orientationOfTrack(bytes, headers),
      };
    }
  }
  return null;
}

function boxesIn(bytes: Uint8Array, name: string, container?: Chunk): Chunk[] {
  const { contentStart = 0, contentEnd = bytes.length } = container ?? {};
  return [...isoBoxes(bytes, contentStart, contentEnd)].filter((box) => box.name === name);
}
