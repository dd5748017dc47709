// Keeps a picture: its file, its thumbnail, and what the row needs to know of it.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../shared/errors';
import { pictureFile, thumbnailOf } from '../../shared/picture-files';
import { decode, encodeThumbnail, formatOf, thumbhashOf } from './codec';
import { reach } from './fault-point';
import { isWhole } from './whole-picture';
import { writeAtomically } from './write-atomically';

export type StoredImage = {
  /** Relative to the data folder. */
  file: string;
  width: number;
  height: number;
  bytes: number;
  /** Base64. */
  thumbhash: string;
};

/** `keepThumbnail` is for later, when nobody waits: a thumbnail can be made again at any time. */
export type Stored = { image: StoredImage; keepThumbnail: () => Promise<void> };

/**
 * Writes the provider's bytes as they are and derives the rest from them. The file is written while the picture
 * is being decoded; both have to go well.
 *
 * @param id the picture's UUIDv7; the files are named by it.
 */
export async function storeImage(dataFolder: string, id: string, bytes: Uint8Array): Promise<Result<Stored>> {
  const format = formatOf(bytes);
  if (!format || !isWhole(bytes, format)) return failure('unreadable_picture');
  const file = pictureFile(id, format);
  const [written, decoded] = await Promise.allSettled([
    writeAtomically(path.join(dataFolder, file), bytes),
    decode(bytes),
  ]);
  if (written.status === 'rejected') {
    console.error('A picture could not be written:', written.reason);
    return failure('picture_not_stored');
  }
  if (decoded.status === 'rejected') {
    await rm(path.join(dataFolder, file), { force: true });
    return failure('unreadable_picture');
  }
  reach('store: the picture has its name');
  const picture = decoded.value;
  const thumbhash = Buffer.from(thumbhashOf(picture)).toString('base64');
  return success({
    image: { file, width: picture.width, height: picture.height, bytes: bytes.length, thumbhash },
    async keepThumbnail() {
      try {
        await writeAtomically(path.join(dataFolder, thumbnailOf(file)), await encodeThumbnail(picture));
      } catch (error) {
        console.error('A thumbnail could not be kept:', error);
      }
    },
  });
}
