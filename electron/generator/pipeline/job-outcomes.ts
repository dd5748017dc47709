// What a job's end tells the main process.
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

/** Returns the outcome of a job whose service, or what comes before its request, has failed. @param durationMs of the job */
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
 * Returns what bytes have cost that are no picture, or that were lost before they were on disk: null if that is not known, and
 * zero for nothing. A new request of the same message has not left, and the charge of the earlier one has ended.
 *
 * @param facts of what the request has brought, which are written before its bytes; null if there are none.
 */
export function costOfRecovery(
  job: PictureJob | RecoverJob,
  { code }: Failure,
  facts: Arrival | null,
): number | null {
  if (job.kind !== 'recover' || !isBilled(job)) return 0;
  // Of what is lost, no other part is left that could bear its share.
  if (code === 'nothing_to_recover') return facts ? (facts.answer ?? facts).costMicroUsd : 0;
  return facts ? facts.costMicroUsd : priceOf(job.provider, job.model, job.params);
}

/** Adds what else the answer brought, as far as it is on disk. */
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
 * @param durationMs from receiving the job @param storeMs from the last byte, both to the stored file
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

/** @param costMicroUsd of the picture; null when its price is unknown, so that it may have been charged. */
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
