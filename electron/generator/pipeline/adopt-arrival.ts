// The one place where an arrival becomes a picture.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type AnswerFacts, answerFactsOf } from '../../../shared/domain/answer-facts';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { arrivalFile } from '../../../shared/domain/picture-files';
import type { Recipe } from '../../../shared/domain/recipe';
import type { ServiceId } from '../../../shared/domain/services';
import type { Arrival } from '../../../shared/generator/arrivals';
import { validateImage } from '../codec/inspect';
import { forgetFacts, keepArrival } from './arrivals';
import { finishStoring, type Origin, type StoreContext, type Stored } from './store-image';

/** The request whose bytes a picture has, and their cost. After a crash these can differ from those of its job. */
export type Provenance = Pick<Recipe, 'costMicroUsd' | 'durationMs' | 'model'> &
  AnswerFacts & {
    requestId: string;
    provider: ServiceId;
  };

export type AdoptedPicture = Stored & Provenance;

/**
 * Stores an arrival as a picture. Moves an arrival that cannot be opened to `kept/`, where the user can save it.
 *
 * @returns as `finishStoring`; after `unreadable_picture` and `picture_too_large` the bytes are in `kept/`.
 */
export async function adoptArrival(
  context: StoreContext,
  pictureId: string,
  arrival: Arrival,
): Promise<Result<AdoptedPicture>> {
  const { dataFolder } = context;
  const { requestId, provider, model, prompt, params, costMicroUsd, arrivedAt, durationMs = 0 } = arrival;
  const facts = answerFactsOf(arrival);
  const provenance: Provenance = { requestId, provider, model, costMicroUsd, durationMs, ...facts };
  const origin = { id: pictureId, prompt, params, createdAt: arrivedAt, ...provenance };
  const stored = await storeWhole(context, origin, arrival);
  if (stored.ok) {
    // A picture without a message can be found after a crash only by its facts, so they stay until the main process
    // has written its row (main/storage/offer-arrivals.ts). A part of an answer may have no message.
    const hasMessage = requestId !== pictureId || (arrival.jobId === pictureId && facts.partOf === undefined);
    if (hasMessage) await forgetFacts(dataFolder, requestId);
    return success({ ...stored.value, ...provenance });
  }
  if (stored.code !== 'unreadable_picture' && stored.code !== 'picture_too_large') return stored;
  try {
    await keepArrival(dataFolder, arrival);
    return stored;
  } catch (error) {
    // The bytes stay in `arrived/`, and the next attempt moves them.
    console.error('A picture that cannot be opened could not be moved:', error);
    return failure('picture_not_stored');
  }
}

/**
 * Stores the bytes if they are complete. If a power failure lost their facts, only the picture's own format shows
 * that bytes are missing, and half a picture must not be stored as the paid one.
 */
async function storeWhole(context: StoreContext, origin: Origin, arrival: Arrival): Promise<Result<Stored>> {
  const file = arrivalFile(arrival.requestId);
  if (arrival.bytes === undefined) {
    // A file that cannot be read is reported by the next step.
    const bytes = await readFile(path.join(context.dataFolder, file)).catch(() => null);
    const inspected = bytes && validateImage(bytes);
    if (inspected?.ok === false) return inspected;
  }
  return finishStoring(context, origin, file, arrival.bytes);
}
