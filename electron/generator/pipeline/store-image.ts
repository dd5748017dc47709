// Keeps a picture: its bytes first, then what they are, then their name.
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import {
  arrivedFile,
  type PictureFormat,
  pictureFile,
  recipeFile,
} from '../../../shared/domain/picture-files';
import type { Recipe } from '../../../shared/domain/recipe';
import { flushWithFolders, writeWithoutFlush } from '../../files/write-atomically';
import { decode, thumbhashOf } from './codec';
import { derive, type Replacement } from './derive';
import { faultPoint } from './fault-point';
import { validateImage } from './inspect';
import { placeRecipe } from './recipe-files';

export type StoredImage = {
  /** Relative to the data folder. */
  file: string;
  width: number;
  height: number;
  bytes: number;
  /** Base64. */
  thumbhash: string;
};

/** What is known of a picture before it has been looked at. */
export type Origin = Pick<
  Recipe,
  | 'id'
  | 'prompt'
  | 'provider'
  | 'model'
  | 'params'
  | 'costMicroUsd'
  | 'durationMs'
  | 'createdAt'
  | 'signature'
>;

/** Makes the rest, when nobody waits: all of that can be made again at any time. See derive.ts. */
export type Afterwards = (quality: number) => Promise<Replacement | null>;

export type Stored = { image: StoredImage; afterwards: Afterwards };

/**
 * Keeps what a provider sent, byte for byte, in an order in which no kill loses a picture that may have been paid for.
 * Each line is what a kill after it leaves on disk, and what start-up makes of it (`adopt` in adopt.ts):
 *
 * 1. nothing yet, or `<id>.arrived.part`: the picture is lost, as it would be a moment earlier on the wire.
 * 2. `<id>.arrived`, whole: nothing has decoded it yet, so a codec that dies of it has lost nothing. It is decoded and
 *    kept from here. Only now does the decoding begin, and beside it the flush to the disk.
 * 3. the recipe `<id>.json` beside it (by way of a `.part`): as 2, with time and cost as they were.
 * 4. `<id>.png` or another format, renamed from `<id>.arrived`: complete, the recipe has all that its row needs.
 * 5. recipe and folder are flushed and the answer leaves; where its row was not written, it is adopted as in 4.
 *
 * A kill takes nothing from what was written, flushed or not. A loss of power may: then the name `<id>.arrived` can
 * stand over a short file, which judging it tells, and a picture over an empty recipe, which is then made again. Once
 * the answer has left, a loss of power takes nothing either.
 *
 * A full disk ends it as `disk_full`: calling it again with the same bytes goes through all of it anew. What fails
 * later than 2 leaves `<id>.arrived` to be adopted; only what the codec refuses is removed, since it is no
 * picture.
 */
export async function storeImage(
  dataFolder: string,
  origin: Origin,
  bytes: Uint8Array,
): Promise<Result<Stored>> {
  const validated = validateImage(bytes);
  if (!validated.ok) return validated;
  const arrived = arrivedFile(origin.id);
  try {
    await writeWithoutFlush(path.join(dataFolder, arrived), bytes);
  } catch (error) {
    return notStored(error);
  }
  faultPoint('store: the bytes have arrived');
  return finishStoring(dataFolder, origin, bytes, validated.value.format, arrived);
}

/**
 * From step 2 on.
 *
 * @param source where the bytes lie, whole, relative to the data folder.
 */
export async function finishStoring(
  dataFolder: string,
  origin: Origin,
  bytes: Uint8Array,
  format: PictureFormat,
  source: string,
): Promise<Result<Stored>> {
  const sourcePath = path.join(dataFolder, source);
  const [flushed, decoded] = await Promise.allSettled([flushWithFolders(sourcePath), decode(bytes)]);
  if (decoded.status === 'rejected') {
    await rm(sourcePath, { force: true });
    return failure('unreadable_picture');
  }
  if (flushed.status === 'rejected') return notStored(flushed.reason);
  const picture = decoded.value;
  const image = {
    file: pictureFile(origin.id, format),
    width: picture.width,
    height: picture.height,
    bytes: bytes.length,
    thumbhash: Buffer.from(thumbhashOf(picture)).toString('base64'),
  };
  try {
    await placeRecipe(dataFolder, { version: 1, ...origin, ...image });
    faultPoint('store: the recipe is written');
    await rename(sourcePath, path.join(dataFolder, image.file));
    await flushWithFolders(path.join(dataFolder, recipeFile(origin.id)));
    faultPoint('store: the picture has its name');
  } catch (error) {
    return notStored(error);
  }
  const original = { file: image.file, format, bytes, picture };
  return success({ image, afterwards: (quality) => derive(dataFolder, original, quality) });
}

function notStored(error: unknown) {
  console.error('A picture could not be written:', error);
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return failure(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk_full' : 'picture_not_stored');
}
