// What start-up finds on disk of a picture that was under way: kept to its end, without asking any provider.
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { providers } from '../../../shared/domain/model-catalogue';
import { priceOf } from '../../../shared/domain/model-lookup';
import {
  allFormats,
  arrivedFile,
  displayOf,
  livePreviewFile,
  pictureFile,
} from '../../../shared/domain/picture-files';
import type { Recipe } from '../../../shared/domain/recipe';
import type { RecoverJob } from '../../../shared/generator/messages';
import { deriveAgain } from './derive';
import { validateImage } from './inspect';
import { readRecipe } from './recipe-files';
import { finishStoring, type Origin, type Stored } from './store-image';

/** What the bytes themselves do not tell. */
export type PictureFacts = Pick<Recipe, 'costMicroUsd' | 'durationMs' | 'signature'>;

export type Adopted = Stored & PictureFacts;

/**
 * Looks for a picture in each state that `storeImage` can have left it in, the most complete first:
 *
 * - its file with a recipe of that length: it is there, and is not even opened;
 * - `<id>.arrived`: kept from there on, with time and cost from a recipe beside it or else the model's price;
 * - its file without a recipe: as an arrived one.
 *
 * Run it only while nothing else works on this picture. Running it twice changes nothing.
 *
 * @param facts of what has just arrived, where they are known.
 * @returns `nothing_to_recover` where there is no whole picture; `picture_not_stored` where there is one that could not
 *   be kept, such as on a full disk: then it still waits on disk.
 */
export async function recoverFromDisk(
  dataFolder: string,
  job: RecoverJob,
  facts: PictureFacts | null = null,
): Promise<Result<Adopted>> {
  const { jobId: id } = job;
  const recipe = await readRecipe(dataFolder, id);
  for (const left of [`${arrivedFile(id)}.part`, livePreviewFile(id)]) {
    await rm(path.join(dataFolder, left), { force: true });
  }
  if (recipe && (await isComplete(dataFolder, recipe))) return success(fromRecipe(dataFolder, recipe));
  for (const source of [arrivedFile(id), ...allFormats.map((format) => pictureFile(id, format))]) {
    // A file of another length than its recipe says has been damaged.
    if (source === recipe?.file) continue;
    const bytes = await readIfThere(path.join(dataFolder, source));
    const validated = bytes ? validateImage(bytes) : null;
    if (!bytes || !validated?.ok) continue;
    const origin = await originOf(dataFolder, job, source, {
      recipe: recipe?.bytes === bytes.length ? recipe : null,
      facts: source === arrivedFile(id) ? facts : null,
    });
    const stored = await finishStoring(dataFolder, origin, bytes, validated.value.format, source);
    if (stored.ok) {
      const { costMicroUsd, durationMs, signature } = origin;
      return success({ ...stored.value, costMicroUsd, durationMs, signature });
    }
    if (stored.code !== 'unreadable_picture') return stored;
  }
  return failure('nothing_to_recover');
}

async function isComplete(dataFolder: string, { id, file, bytes }: Recipe): Promise<boolean> {
  const files = allFormats.map((format) => pictureFile(id, format));
  // A recipe is a file that anyone can write: it names no file but its own.
  if (![...files, displayOf(pictureFile(id, 'png'))].includes(file)) return false;
  return (await sizeOf(path.join(dataFolder, file))) === bytes;
}

function fromRecipe(dataFolder: string, recipe: Recipe): Adopted {
  const { file, width, height, bytes, thumbhash, costMicroUsd, durationMs, signature } = recipe;
  return {
    image: { file, width, height, bytes, thumbhash },
    costMicroUsd,
    durationMs,
    signature,
    afterwards: (quality) => deriveAgain(dataFolder, file, quality),
  };
}

async function originOf(
  dataFolder: string,
  { jobId, prompt, provider, model, params }: RecoverJob,
  source: string,
  { recipe, facts }: { recipe: Recipe | null; facts: PictureFacts | null },
): Promise<Origin> {
  const known = { id: jobId, prompt, provider, model, params };
  if (recipe) {
    const { costMicroUsd, durationMs, createdAt, signature } = recipe;
    return { ...known, costMicroUsd, durationMs, createdAt, signature };
  }
  // It arrived, so it was charged; how long it took nobody knows any more.
  const { mtimeMs } = await stat(path.join(dataFolder, source));
  const costMicroUsd = providers[provider].local ? 0 : priceOf(model, params);
  return { ...known, costMicroUsd, durationMs: 0, createdAt: Math.round(mtimeMs), ...facts };
}

async function readIfThere(file: string): Promise<Uint8Array | null> {
  return readFile(file).catch(() => null);
}

async function sizeOf(file: string): Promise<number | null> {
  return stat(file).then(
    ({ size }) => size,
    () => null,
  );
}
