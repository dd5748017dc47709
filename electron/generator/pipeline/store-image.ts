// Stores a picture whose bytes are on disk: first its recipe, then its name.

import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { type AnswerFacts, answerFactsOf } from '../../../shared/domain/answer-facts';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { pictureParamsSchema } from '../../../shared/domain/models';
import {
  allFormats,
  arrivedFile,
  derivedFilesOf,
  pictureFile,
  recipeFile,
  recoveryFolder,
} from '../../../shared/domain/picture-files';
import type { Recipe } from '../../../shared/domain/recipe';
import { serviceIdSchema } from '../../../shared/domain/services';
import type { DeriveOptions, Replacement } from '../../../shared/generator/codec-messages';
import { renameReplacing } from '../../files/rename-replacing';
import { flushWithFolders, writeWithoutFlush } from '../../files/write-atomically';
import type { Codec } from '../codec/codec';
import { faultPoint } from '../codec/fault-point';
import { readRecipe, writeRecipeWithoutFlush } from '../recipes/recipe-files';
import { moveToArrivals } from './arrivals';
import { notStored } from './not-stored';

export type StoredImage = {
  /** Relative to the data folder. */
  file: string;
  width: number;
  height: number;
  bytes: number;
  /** Base64. */
  thumbhash: string;
};

/** The facts known about a picture before it is decoded. */
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
  | 'requestId'
  | 'parentId'
> &
  AnswerFacts;

/**
 * Writes the smaller versions, which can be made again at any time (derive.ts).
 *
 * @param quality 0 to 100.
 */
export type DeriveFiles = (
  quality: number,
  options?: Pick<DeriveOptions, 'mayReplaceOriginal'>,
) => Promise<Replacement | null>;

export type Stored = { image: StoredImage; deriveFiles: DeriveFiles };

export type StoreContext = { dataFolder: string; codec: Codec };

/**
 * Turns bytes on disk into a picture, in an order in which no crash loses a picture that may have been charged. Each step
 * lists the files that a crash after it leaves, and their recovery at the next start (recover-from-disk.ts):
 *
 * 1. `arrived/<requestId>.json`, or a `.part`: the bytes are lost, as they would have been a moment earlier on the
 *    network. `arrivals.ts` takes this step and the next one.
 * 2. `arrived/<requestId>`, complete: recovered from here. The codec opens the file only now, in its own process.
 *    The flush to disk runs beside it.
 * 3. The recipe `<id>.json` in the picture's folder (renamed from a `.part`): as 2.
 * 4. `<id>.png` or another format, renamed from the arrival: complete. The recipe contains everything for its row.
 * 5. Recipe and folder are flushed, the arrival's facts are removed, and the outcome is sent. If its row was not written,
 *    it is recovered as in 4.
 *
 * A kill loses nothing that the process has written, flushed or not. A power failure can: an arrival may become shorter
 * than its facts state, or a recipe may become empty and is then written again. After the outcome is sent, a power failure
 * loses nothing either.
 *
 * Never removes or changes the bytes: a failure leaves them where they are.
 *
 * @param source file with the complete bytes, relative to the data folder.
 * @param length expected number of bytes; absent if unknown.
 * @returns `unreadable_picture`, `picture_too_large`, `picture_not_stored` or `disk_full`.
 */
export async function finishStoring(
  { dataFolder, codec }: StoreContext,
  origin: Origin,
  source: string,
  length?: number,
): Promise<Result<Stored>> {
  const sourcePath = path.join(dataFolder, source);
  const [flushed, measured] = await Promise.all([
    flushWithFolders(sourcePath).then(
      () => null,
      (error: unknown) => ({ error }),
    ),
    codec.measure(sourcePath),
  ]);
  if (!measured.ok) return measured;
  if (length !== undefined && measured.value.bytes !== length) return failure('unreadable_picture');
  if (flushed) return notStored(flushed.error);
  const { format, ...appearance } = measured.value;
  const image = { file: pictureFile(origin.id, format), ...appearance };
  try {
    await moveAside(dataFolder, origin, source);
    await writeRecipeWithoutFlush(dataFolder, { version: 1, ...origin, ...image });
    faultPoint('store: the recipe is written');
    await renameReplacing(sourcePath, path.join(dataFolder, image.file));
    await flushWithFolders(path.join(dataFolder, recipeFile(origin.id)));
    faultPoint('store: the picture has its name');
  } catch (error) {
    return notStored(error);
  }
  return success({ image, deriveFiles: (...how) => codec.derive(dataFolder, image.file, ...how) });
}

/**
 * Clears the path of a picture. A file at that path is the paid answer to another request that was never shown: it
 * becomes an arrival again, or is moved to the recovery folder if its origin is unknown.
 */
async function moveAside(dataFolder: string, origin: Origin, source: string): Promise<void> {
  const others = allFormats
    .map((format) => pictureFile(origin.id, format))
    .filter((file) => file !== source && existsSync(path.join(dataFolder, file)));
  if (others.length === 0) return;
  const recipe = await readRecipe(dataFolder, origin.id);
  for (const file of others) {
    if (recipe?.file === file && recipe.requestId !== undefined && recipe.requestId === origin.requestId)
      continue;
    const provider = serviceIdSchema.safeParse(recipe?.provider).data;
    const params = pictureParamsSchema.safeParse(recipe?.params).data;
    if (recipe?.file === file && provider && params) {
      const { model, prompt, costMicroUsd, createdAt, durationMs, requestId = newId(), bytes } = recipe;
      const facts = { jobId: origin.id, provider, model, prompt, params, costMicroUsd, durationMs, bytes };
      const rest = { requestId, mimeType: null, arrivedAt: createdAt };
      await moveToArrivals(dataFolder, file, { ...answerFactsOf(recipe), ...facts, ...rest });
    } else {
      const target = path.join(dataFolder, recoveryFolder, `${newId()} ${path.basename(file)}`);
      await mkdir(path.dirname(target), { recursive: true });
      await renameReplacing(path.join(dataFolder, file), target);
    }
    for (const name of derivedFilesOf(file)) await rm(path.join(dataFolder, name), { force: true });
  }
}

/**
 * Stores a copy of a user's file, which is not changed. The copy is first written to `<id>.arrived`, and removed
 * there if it cannot be opened.
 */
export async function storeCopy(
  context: StoreContext,
  origin: Origin,
  bytes: Uint8Array,
): Promise<Result<Stored>> {
  const source = arrivedFile(origin.id);
  const file = path.join(context.dataFolder, source);
  try {
    await writeWithoutFlush(file, bytes);
  } catch (error) {
    return notStored(error);
  }
  faultPoint('store: the bytes have arrived');
  const stored = await finishStoring(context, origin, source);
  const isOpenable =
    stored.ok || (stored.code !== 'unreadable_picture' && stored.code !== 'picture_too_large');
  if (!isOpenable) await rm(file, { force: true });
  return stored;
}
