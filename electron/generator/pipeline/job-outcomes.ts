// Builds the outcomes that are reported to the main process.
import type { Answer } from '../../../shared/domain/answers';
import { explanationOf, type Failure } from '../../../shared/domain/errors';
import { priceOf } from '../../../shared/domain/model-lookup';
import type { Arrival } from '../../../shared/generator/arrivals';
import { isBilled } from '../../../shared/generator/billing';
import type { PictureJob, RecoverJob } from '../../../shared/generator/jobs';
import { type FailedJob, failedJob, type Outcome } from '../../../shared/generator/messages';
import type { ServiceFailure } from '../services/service';
import type { AdoptedPicture } from './adopt-arrival';
import { presentParts } from './answer-parts';
import { failureAfter } from './requests';
import type { DeriveFiles } from './store-image';

/** `deriveFiles` runs after the outcome has been sent. */
export type AnsweredJob = { outcome: Outcome; deriveFiles?: DeriveFiles };

/**
 * Returns the outcome of a job whose service failed, or that failed before its request.
 *
 * @param durationMs of the job
 */
export function failedBy(failure: ServiceFailure, jobId: string, durationMs: number): FailedJob {
  const { code, costMicroUsd, retryAfterMs, details } = failure;
  return {
    type: 'failed',
    jobId,
    code,
    ...explanationOf(failure),
    durationMs,
    costMicroUsd,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(details !== undefined && { details }),
  };
}

/**
 * Returns the cost of bytes that are not a picture, or that were lost before they were on disk: null if it is
 * unknown, and zero if nothing was charged. Zero also for a new request of the same message, which has not been
 * sent: the charge of the earlier one is settled.
 *
 * @param facts of the arrival, which are written before its bytes; null if there are none.
 */
export function costOfRecovery(
  job: PictureJob | RecoverJob,
  { code }: Failure,
  facts: Arrival | null,
): number | null {
  if (job.kind !== 'recover' || !isBilled(job)) return 0;
  // Reports the cost of the whole answer, because no other part is left to bear a share.
  if (code === 'nothing_to_recover') return facts ? (facts.answer ?? facts).costMicroUsd : 0;
  return facts ? facts.costMicroUsd : priceOf(job.provider, job.model, job.params);
}

/** Adds the other parts of the answer that are on disk. */
export function withAnswer<Ended extends Outcome>(
  outcome: Ended,
  dataFolder: string,
  answer: Answer | undefined,
): Ended {
  return answer === undefined ? outcome : { ...outcome, answer: presentParts(dataFolder, answer) };
}

/**
 * Returns the outcome of a stored picture.
 *
 * @param durationMs from receiving the job to the stored file
 * @param storeMs from the last byte to the stored file
 */
export function storedOutcome(
  dataFolder: string,
  jobId: string,
  adopted: AdoptedPicture,
  durationMs: number,
  storeMs: number,
): AnsweredJob {
  const { image, requestId, provider, model, costMicroUsd, signature, warnings, answer, deriveFiles } =
    adopted;
  const outcome: Outcome = {
    type: 'stored',
    jobId,
    requestId,
    provider,
    model,
    ...image,
    costMicroUsd,
    durationMs,
    storeMs,
    ...(signature !== undefined && { signature }),
    ...(warnings !== undefined && { warnings }),
  };
  return { outcome: withAnswer(outcome, dataFolder, answer), deriveFiles };
}

/** @param costMicroUsd of the picture; null if its price is unknown, so that it may have been charged. */
export function failedToStore(
  jobId: string,
  { code }: Failure,
  durationMs: number,
  costMicroUsd: number | null,
): FailedJob {
  const failure = failureAfter(code, costMicroUsd);
  const isKept = code === 'unreadable_picture' || code === 'picture_too_large';
  return {
    ...failedJob(jobId, failure.code, durationMs, failure.costMicroUsd),
    ...(isKept && { kept: true }),
  };
}
