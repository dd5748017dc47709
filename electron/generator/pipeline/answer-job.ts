// Runs one job to its outcome: a model's reply, or a picture that is made and stored, or recovered from disk.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ErrorCode, Result } from '../../../shared/domain/errors';
import { providers } from '../../../shared/domain/model-catalogue';
import type { Job, PictureJob, PictureReference, RecoverJob, TextJob } from '../../../shared/generator/jobs';
import {
  type FailedJob,
  type FromGenerator,
  failedJob,
  type Outcome,
  type ToGenerator,
} from '../../../shared/generator/messages';
import { services } from '../services/registry';
import type { PictureContext, ServiceFailure } from '../services/service';
import { faultPoint } from './fault-point';
import { createLivePreview } from './live-preview';
import type { Prefetches } from './prefetches';
import { type GenerationFacts, recoverFromDisk } from './recover-from-disk';
import { type DeriveFiles, storeImage } from './store-image';
import { waitForSpace } from './wait-for-space';

const fullDiskRetryMs = 2000;

export type Configuration = Omit<Extract<ToGenerator, { type: 'configure' }>, 'type'>;

export type JobContext = {
  /** As it was when the job arrived. */
  configuration: Configuration;
  prefetches: Prefetches;
  /** Aborted when the user cancels the job. */
  signal: AbortSignal;
  /** Sends what happens before the outcome. */
  send: (message: FromGenerator) => void;
};

/** `deriveFiles` runs after the outcome has been sent. */
export type AnsweredJob = { outcome: Outcome; deriveFiles?: DeriveFiles };

export async function answerJob(job: Job, context: JobContext): Promise<AnsweredJob> {
  if (job.kind === 'picture') return recoverOrMakePicture(job, context);
  if (job.kind === 'recover') return recoverAfterPrefetch(job, context);
  return { outcome: await reply(job, context) };
}

async function reply(job: TextJob, { configuration, signal, send }: JobContext): Promise<Outcome> {
  const startedAt = performance.now();
  const { jobId } = job;
  const replied = await services[job.provider].reply(job, {
    configuration: configuration.providers,
    signal,
    onText: (text) => send({ type: 'text', jobId, text }),
  });
  if (!replied.ok) return failedBy(replied, jobId, performance.now() - startedAt);
  const { text, pictures, costMicroUsd } = replied;
  return { type: 'replied', jobId, text, pictures, costMicroUsd };
}

function failedBy(failure: ServiceFailure, jobId: string, durationMs: number): FailedJob {
  const { code, message, costMicroUsd, retryAfterMs } = failure;
  return {
    type: 'failed',
    jobId,
    code,
    message,
    durationMs,
    costMicroUsd,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/**
 * Requests a picture only if its bytes are not on disk: they are when only storing had failed, or when the picture was
 * prefetched. A local provider costs nothing, so its picture is made again.
 */
async function recoverOrMakePicture(job: PictureJob, context: JobContext): Promise<AnsweredJob> {
  const startedAt = performance.now();
  const prefetched = await takePrefetch(job, context);
  const hasPrefetch = prefetched?.ok === true;
  if (providers[job.provider].local && !hasPrefetch) return makePicture(job, context);
  const recovered = await recoverPicture({ ...job, kind: 'recover' }, context);
  const { outcome } = recovered;
  if (outcome.type === 'failed' && outcome.code === 'nothing_to_recover') return makePicture(job, context);
  if (!hasPrefetch || outcome.type !== 'stored') return recovered;
  // The user waited only since the message was sent.
  return { ...recovered, outcome: { ...outcome, durationMs: performance.now() - startedAt } };
}

/** Ends as the prefetch did that the message has taken over: it may have been charged, so nothing is requested again. */
async function recoverAfterPrefetch(job: RecoverJob, context: JobContext): Promise<AnsweredJob> {
  const startedAt = performance.now();
  const prefetched = await takePrefetch(job, context);
  if (prefetched?.ok === false && prefetched.failure) {
    return { outcome: failedBy(prefetched.failure, job.jobId, performance.now() - startedAt) };
  }
  return recoverPicture(job, context, prefetched?.ok ? prefetched.facts : null);
}

/** Returns null when the job has no prefetch. */
async function takePrefetch({ prefetchId, jobId }: PictureJob | RecoverJob, context: JobContext) {
  return prefetchId === undefined ? null : context.prefetches.take(prefetchId, jobId, context.signal);
}

async function makePicture(job: PictureJob, context: JobContext): Promise<AnsweredJob> {
  const { configuration, signal, send } = context;
  const { dataFolder } = configuration;
  const { jobId, prompt, provider, model, params } = job;
  const startedAt = performance.now();
  let lastFraction: number | null = null;
  const livePreview = createLivePreview(dataFolder, jobId, (previewCount) =>
    send({ type: 'progress', jobId, fraction: lastFraction, previewCount }),
  );
  const pictureContext: PictureContext = {
    configuration: configuration.providers,
    signal,
    readReference: readReferences(dataFolder),
    onProgress: (fraction, preview) => {
      lastFraction = fraction;
      send({ type: 'progress', jobId, fraction });
      if (preview) livePreview.show(preview);
    },
  };
  faultPoint('generator: before the request');
  const made = await services[provider].makePicture(job, pictureContext);
  // Never rejects, and the picture need not wait for it.
  void livePreview.end();
  const arrivedAt = performance.now();
  faultPoint('generator: the answer is in memory');
  if (!made.ok) return { outcome: failedBy(made, jobId, arrivedAt - startedAt) };
  send({ type: 'arrived', jobId });
  const { costMicroUsd, signature } = made;
  const durationMs = Math.round(arrivedAt - startedAt);
  const createdAt = Date.now();
  const origin = {
    id: jobId,
    prompt,
    provider,
    model,
    params,
    costMicroUsd,
    durationMs,
    createdAt,
    signature,
  };
  const stored = await retryOnFullDisk(() => storeImage(dataFolder, origin, made.bytes), context);
  const endedAt = performance.now();
  if (!stored.ok) return { outcome: notStored(jobId, stored.code, endedAt - startedAt, costMicroUsd) };
  const { image, deriveFiles } = stored.value;
  return {
    outcome: {
      type: 'stored',
      jobId,
      ...image,
      costMicroUsd,
      durationMs: endedAt - startedAt,
      storeMs: endedAt - arrivedAt,
      ...(signature !== undefined && { signature }),
    },
    deriveFiles,
  };
}

/** @param costMicroUsd of the picture; null when its price is unknown, so that it may have been charged. */
function notStored(
  jobId: string,
  code: ErrorCode,
  durationMs: number,
  costMicroUsd: number | null,
): FailedJob {
  const isCharged = costMicroUsd !== 0;
  const lateCode = code === 'cancelled' && isCharged ? 'cancelled_late' : code;
  // A failed job has null for a cost that is surely zero, and zero for an unknown one.
  return failedJob(jobId, lateCode, durationMs, isCharged ? (costMicroUsd ?? 0) : null);
}

async function recoverPicture(
  job: RecoverJob,
  context: JobContext,
  facts: GenerationFacts | null = null,
): Promise<AnsweredJob> {
  const startedAt = performance.now();
  const { dataFolder } = context.configuration;
  const recovered = await retryOnFullDisk(() => recoverFromDisk(dataFolder, job, facts), context);
  const storeMs = performance.now() - startedAt;
  if (!recovered.ok) return { outcome: failedJob(job.jobId, recovered.code, storeMs) };
  const { image, costMicroUsd, durationMs, signature, deriveFiles } = recovered.value;
  return {
    outcome: {
      type: 'stored',
      jobId: job.jobId,
      ...image,
      costMicroUsd,
      durationMs,
      storeMs,
      ...(signature !== undefined && { signature }),
    },
    deriveFiles,
  };
}

/** Returns a reader of the pictures that accompany a prompt. It resolves to null for a missing file. */
export function readReferences(dataFolder: string): PictureContext['readReference'] {
  return ({ file }: PictureReference) => readFile(path.join(dataFolder, file)).catch(() => null);
}

/** Sends `disk-full` after each attempt that finds no space. */
function retryOnFullDisk<Value>(
  attempt: () => Promise<Result<Value>>,
  { signal, send }: JobContext,
): Promise<Result<Value>> {
  return waitForSpace(attempt, {
    onFull: () => send({ type: 'disk-full' }),
    pause: () => wait(fullDiskRetryMs, undefined, { signal }),
    signal,
  });
}
