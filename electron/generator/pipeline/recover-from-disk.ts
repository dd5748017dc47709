// Finishes storing a picture that an earlier process left on disk, without a request to a provider.

import { existsSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { answerFactsOf } from '../../../shared/domain/answer-facts';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { priceOf } from '../../../shared/domain/model-lookup';
import {
  allFormats,
  arrivalFile,
  arrivedFile,
  displayOf,
  livePreviewFile,
  oldPrefetchFile,
  pictureFile,
} from '../../../shared/domain/picture-files';
import type { Recipe } from '../../../shared/domain/recipe';
import { serviceOf } from '../../../shared/domain/service-directory';
import { serviceIdSchema } from '../../../shared/domain/services';
import type { Arrival } from '../../../shared/generator/arrivals';
import type { PictureJob, RecoverJob } from '../../../shared/generator/jobs';
import { validateImage } from '../codec/inspect';
import { readRecipe } from '../recipes/recipe-files';
import { type AdoptedPicture, adoptArrival } from './adopt-arrival';
import { findArrival, forgetFacts, isKept, moveToArrivals } from './arrivals';
import { finishStoring, type StoreContext } from './store-image';

/**
 * Looks for a picture in each state in which storing can leave it, the most complete first:
 *
 * - its file with a recipe of that length: complete, and not opened again;
 * - an arrival of its request, or of an earlier request for the same picture (arrivals.ts);
 * - a file of an older version: `<id>.arrived`, or a file in `drafts/`;
 * - its file without a recipe.
 *
 * A free picture is made again rather than taken from an older version's files. Must not run while another job works on
 * this picture. Running it twice changes nothing.
 *
 * @returns `nothing_to_recover` if there is no complete picture; `picture_not_stored` or `disk_full` if there is one that
 *   could not be stored and is still on disk; `unreadable_picture` or `picture_too_large` if its bytes cannot be opened,
 *   and are in `kept/`.
 */
export async function recoverFromDisk(
  context: StoreContext,
  job: PictureJob | RecoverJob,
): Promise<Result<AdoptedPicture>> {
  const { dataFolder } = context;
  const { jobId: id } = job;
  const recipe = await readRecipe(dataFolder, id);
  for (const unfinished of [`${arrivedFile(id)}.part`, livePreviewFile(id)]) {
    await rm(path.join(dataFolder, unfinished), { force: true });
  }
  if (recipe && isWanted(recipe, job) && (await isStored(dataFolder, recipe))) {
    const recovered = fromRecipe(context, recipe, job);
    if (recovered.requestId !== id) await forgetFacts(dataFolder, recovered.requestId);
    return success(recovered);
  }
  const arrival = (await findArrival(dataFolder, job)) ?? (await findOlder(dataFolder, job, recipe));
  if (arrival) return adoptArrival(context, id, arrival);
  const found = await finishUnrecorded(context, job, recipe);
  // The process may have died after the bytes were moved and before the message was settled.
  const isUnreadable = !found.ok && found.code === 'nothing_to_recover' && isKept(dataFolder, job.requestId);
  return isUnreadable ? failure('unreadable_picture') : found;
}

/** A retry with another model must not get the picture that exists. */
function isWanted({ provider, model }: Recipe, job: PictureJob | RecoverJob): boolean {
  return job.kind === 'recover' || (provider === job.provider && model === job.model);
}

async function isStored(dataFolder: string, { id, file, bytes }: Recipe): Promise<boolean> {
  const files = allFormats.map((format) => pictureFile(id, format));
  // Any program can write a recipe, so it must not be able to name another picture's file.
  if (![...files, displayOf(pictureFile(id, 'png'))].includes(file)) return false;
  return (await sizeOf(path.join(dataFolder, file))) === bytes;
}

function fromRecipe(
  { dataFolder, codec }: StoreContext,
  recipe: Recipe,
  job: PictureJob | RecoverJob,
): AdoptedPicture {
  const { file, width, height, bytes, thumbhash, model, costMicroUsd, durationMs } = recipe;
  return {
    image: { file, width, height, bytes, thumbhash },
    requestId: recipe.requestId ?? job.requestId,
    provider: serviceIdSchema.safeParse(recipe.provider).data ?? job.provider,
    model,
    costMicroUsd,
    durationMs,
    ...answerFactsOf(recipe),
    deriveFiles: (...how) => codec.derive(dataFolder, file, ...how),
  };
}

/**
 * Turns the leftovers of an older version, or bytes whose facts were lost in a power failure, into a regular
 * arrival. Their length is known only if a recipe describes them.
 */
async function findOlder(
  dataFolder: string,
  job: PictureJob | RecoverJob,
  recipe: Recipe | null,
): Promise<Arrival | null> {
  if (serviceOf(job.provider).local && job.kind === 'picture') return null;
  const { jobId, requestId, prompt } = job;
  for (const file of [arrivalFile(requestId), oldPrefetchFile(requestId), arrivedFile(jobId)]) {
    const bytes = await sizeOf(path.join(dataFolder, file));
    if (bytes === null) continue;
    const facts = await factsOfUnrecorded(dataFolder, job, file, recipe?.bytes === bytes ? recipe : null);
    const { createdAt, ...known } = facts;
    const arrival = { ...known, requestId, jobId, prompt, mimeType: null, arrivedAt: createdAt };
    const length = recipe?.bytes === bytes ? { bytes } : {};
    return moveToArrivals(dataFolder, file, { ...arrival, ...length });
  }
  return null;
}

/**
 * Stores the picture's own file if its recipe is missing. A file of another length than its recipe states is
 * damaged.
 */
async function finishUnrecorded(
  context: StoreContext,
  job: PictureJob | RecoverJob,
  recipe: Recipe | null,
): Promise<Result<AdoptedPicture>> {
  if (serviceOf(job.provider).local && job.kind === 'picture') return failure('nothing_to_recover');
  const { dataFolder } = context;
  for (const file of allFormats.map((format) => pictureFile(job.jobId, format))) {
    if (file === recipe?.file) continue;
    const bytes = await readFile(path.join(dataFolder, file)).catch(() => null);
    if (!bytes || !validateImage(bytes).ok) continue;
    const facts = await factsOfUnrecorded(dataFolder, job, file, null);
    const { provider, model, costMicroUsd, durationMs } = facts;
    const { requestId, prompt, jobId: id } = job;
    const stored = await finishStoring(context, { id, prompt, requestId, ...facts }, file);
    if (stored.ok)
      return success({
        ...stored.value,
        ...{ requestId, provider, model, costMicroUsd, durationMs },
      });
    if (stored.code !== 'unreadable_picture') return stored;
  }
  return failure('nothing_to_recover');
}

/**
 * @param recipe the recipe of these bytes, if there is one. Without one, the bytes are taken to be those that the
 *   job requested.
 */
async function factsOfUnrecorded(
  dataFolder: string,
  job: PictureJob | RecoverJob,
  file: string,
  recipe: Recipe | null,
) {
  const { params } = job;
  const provider = serviceIdSchema.safeParse(recipe?.provider).data;
  if (recipe && provider) {
    const { model, costMicroUsd, durationMs, createdAt } = recipe;
    return { provider, model, params, costMicroUsd, durationMs, createdAt, ...answerFactsOf(recipe) };
  }
  // The bytes have arrived, so they were charged. Their duration is lost.
  const { mtimeMs } = await stat(path.join(dataFolder, file));
  const costMicroUsd = serviceOf(job.provider).local ? 0 : priceOf(job.provider, job.model, params);
  const known = { provider: job.provider, model: job.model, params, costMicroUsd };
  return { ...known, durationMs: 0, createdAt: Math.round(mtimeMs) };
}

async function sizeOf(file: string): Promise<number | null> {
  if (!existsSync(file)) return null;
  return stat(file).then(
    (stats) => (stats.isFile() ? stats.size : null),
    () => null,
  );
}
