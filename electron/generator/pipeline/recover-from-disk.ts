// Finishes storing a picture that an earlier process left on disk, without a request to a provider.
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
import type { RecoverJob } from '../../../shared/generator/jobs';
import { deriveAgain } from './derive';
import { validateImage } from './inspect';
import { readRecipe } from './recipe-files';
import { finishStoring, type Origin, type Stored } from './store-image';

/** What the picture's bytes do not contain. */
export type GenerationFacts = Pick<Recipe, 'costMicroUsd' | 'durationMs' | 'signature'>;

export type RecoveredImage = Stored & GenerationFacts;

/**
 * Looks for a picture in each state in which `storeImage` can leave it, the most complete first:
 *
 * - its file with a recipe of that length: complete, and not opened again;
 * - `<id>.arrived`: stored from there on, with duration and cost from a recipe beside it, or else the model's price;
 * - its file without a recipe: like an arrived one.
 *
 * Must not run while another job works on this picture. Running it twice changes nothing.
 *
 * @param facts of bytes that have just arrived, if known.
 * @returns `nothing_to_recover` when there is no complete picture; `picture_not_stored` or `disk_full` when there is one
 *   that could not be stored and is still on disk.
 */
export async function recoverFromDisk(
  dataFolder: string,
  job: RecoverJob,
  facts: GenerationFacts | null = null,
): Promise<Result<RecoveredImage>> {
  const { jobId: id } = job;
  const recipe = await readRecipe(dataFolder, id);
  for (const unfinished of [`${arrivedFile(id)}.part`, livePreviewFile(id)]) {
    await rm(path.join(dataFolder, unfinished), { force: true });
  }
  if (recipe && (await isStored(dataFolder, recipe))) return success(fromRecipe(dataFolder, recipe));
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

async function isStored(dataFolder: string, { id, file, bytes }: Recipe): Promise<boolean> {
  const files = allFormats.map((format) => pictureFile(id, format));
  // Any program can write a recipe, so it may name no file of another picture.
  if (![...files, displayOf(pictureFile(id, 'png'))].includes(file)) return false;
  return (await sizeOf(path.join(dataFolder, file))) === bytes;
}

function fromRecipe(dataFolder: string, recipe: Recipe): RecoveredImage {
  const { file, width, height, bytes, thumbhash, costMicroUsd, durationMs, signature } = recipe;
  return {
    image: { file, width, height, bytes, thumbhash },
    costMicroUsd,
    durationMs,
    signature,
    deriveFiles: (quality) => deriveAgain(dataFolder, file, quality),
  };
}

async function originOf(
  dataFolder: string,
  { jobId, prompt, provider, model, params }: RecoverJob,
  source: string,
  { recipe, facts }: { recipe: Recipe | null; facts: GenerationFacts | null },
): Promise<Origin> {
  const known = { id: jobId, prompt, provider, model, params };
  if (recipe) {
    const { costMicroUsd, durationMs, createdAt, signature } = recipe;
    return { ...known, costMicroUsd, durationMs, createdAt, signature };
  }
  // It arrived, so it was charged. Its duration is lost.
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
