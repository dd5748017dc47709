// Stores a picture: first its bytes, then its recipe, then its name.
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
import { writeRecipeWithoutFlush } from './recipe-files';

export type StoredImage = {
  /** Relative to the data folder. */
  file: string;
  width: number;
  height: number;
  bytes: number;
  /** Base64. */
  thumbhash: string;
};

/** What is known about a picture before it is decoded. */
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

/** Writes the smaller versions, which can be made again at any time (derive.ts). @param quality 0 to 100. */
export type DeriveFiles = (quality: number) => Promise<Replacement | null>;

export type Stored = { image: StoredImage; deriveFiles: DeriveFiles };

/**
 * Stores a provider's bytes unchanged, in an order in which a crash at no point loses a picture that may have been
 * charged. Each step says what a crash after it leaves on disk, and what the next start does (recover-from-disk.ts):
 *
 * 1. Nothing yet, or `<id>.arrived.part`: the picture is lost, as it would have been a moment earlier on the network.
 * 2. `<id>.arrived`, complete: recovered from here. Decoding starts only now, so a crash of the codec loses nothing.
 *    The flush to disk runs beside it.
 * 3. The recipe `<id>.json` beside it (renamed from a `.part`): as 2, with the original duration and cost.
 * 4. `<id>.png` or another format, renamed from `<id>.arrived`: complete. The recipe holds all that its row needs.
 * 5. Recipe and folder are flushed and the outcome is sent. If its row was not written, it is recovered as in 4.
 *
 * A killed process loses nothing that it has written, flushed or not. A power failure can: then `<id>.arrived` may name
 * a short file, which validation rejects, or a picture may have an empty recipe, which is then made again. Once the
 * outcome is sent, a power failure loses nothing either.
 *
 * A full disk fails with `disk_full`, and a retry with the same bytes starts again at 1. A failure after 2 leaves
 * `<id>.arrived` to be recovered. Only bytes that the codec rejects are removed, since they are no picture.
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
 * Runs the steps of `storeImage` after 2.
 *
 * @param source file with the complete bytes, relative to the data folder.
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
    await writeRecipeWithoutFlush(dataFolder, { version: 1, ...origin, ...image });
    faultPoint('store: the recipe is written');
    await rename(sourcePath, path.join(dataFolder, image.file));
    await flushWithFolders(path.join(dataFolder, recipeFile(origin.id)));
    faultPoint('store: the picture has its name');
  } catch (error) {
    return notStored(error);
  }
  const original = { file: image.file, format, bytes, picture };
  return success({ image, deriveFiles: (quality) => derive(dataFolder, original, quality) });
}

function notStored(error: unknown) {
  console.error('A picture could not be written:', error);
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return failure(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk_full' : 'picture_not_stored');
}
