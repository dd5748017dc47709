// One job from its beginning to its outcome: words from a model, or a picture made, kept, or found on disk.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Result } from '../../../shared/domain/errors';
import { providers } from '../../../shared/domain/model-catalogue';
import {
  type FailedJob,
  type FromGenerator,
  failedJob,
  type Job,
  type Outcome,
  type PictureJob,
  type PictureReference,
  type RecoverJob,
  type TextJob,
  type ToGenerator,
} from '../../../shared/generator/messages';
import { services } from '../services/registry';
import type { PictureContext, ServiceFailure } from '../services/service';
import { faultPoint } from './fault-point';
import { createLivePreview } from './live-preview';
import type { Prefetches } from './prefetches';
import { type PictureFacts, recoverFromDisk } from './recover-from-disk';
import { type Afterwards, storeImage } from './store-image';
import { waitForRoom } from './wait-for-space';

/** A full disk is asked again after so long. */
const roomMs = 2000;

export type Configuration = Omit<Extract<ToGenerator, { type: 'configure' }>, 'type'>;

export type JobContext = {
  /** As it was when the job came. */
  configuration: Configuration;
  drafts: Prefetches | null;
  /** Aborted when the user stops the job. */
  signal: AbortSignal;
  /** What there is to say of it before its end. */
  tell: (message: FromGenerator) => void;
};

/** `afterwards`: work that nobody waits for. */
export type Ended = { outcome: Outcome; afterwards?: Afterwards };

export async function answerJob(job: Job, context: JobContext): Promise<Ended> {
  if (job.kind === 'picture') return adoptOrMake(job, context);
  if (job.kind === 'recover') return recoverPrefetch(job, context);
  return { outcome: await reply(job, context) };
}

async function reply(job: TextJob, { configuration, signal, tell }: JobContext): Promise<Outcome> {
  const started = performance.now();
  const { jobId } = job;
  const replied = await services[job.provider].reply(job, {
    configuration: configuration.providers,
    signal,
    onText: (text) => tell({ type: 'text', jobId, text }),
  });
  if (!replied.ok) return failedWith(jobId, replied, performance.now() - started);
  const { text, pictures, costMicroUsd } = replied;
  return { type: 'replied', jobId, text, pictures, costMicroUsd };
}

function failedWith(jobId: string, failure: ServiceFailure, durationMs: number): FailedJob {
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
 * A picture whose bytes are here, since only keeping them had failed, is not paid for a second time. The bytes of a
 * draft are here too, or will be.
 */
async function adoptOrMake(job: PictureJob, context: JobContext): Promise<Ended> {
  const { drafts, signal } = context;
  const started = performance.now();
  const taken = job.prefetchId === undefined ? null : await drafts?.take(job.prefetchId, job.jobId, signal);
  const hasPrefetch = taken?.ok === true;
  if (providers[job.provider].local && !hasPrefetch) return makePicture(job, context);
  const adopted = await adoptPicture({ ...job, kind: 'recover' }, context);
  const { outcome } = adopted;
  if (outcome.type === 'failed' && outcome.code === 'nothing_to_recover') return makePicture(job, context);
  if (!hasPrefetch || outcome.type !== 'stored') return adopted;
  // As long as the user has waited for it.
  return { ...adopted, outcome: { ...outcome, durationMs: performance.now() - started } };
}

/** A draft that may have been paid for: the picture is what has come of it, or fails as it did. */
async function recoverPrefetch(job: RecoverJob, context: JobContext): Promise<Ended> {
  const { drafts, signal } = context;
  const started = performance.now();
  const taken = job.prefetchId === undefined ? null : await drafts?.take(job.prefetchId, job.jobId, signal);
  if (taken?.ok === false && taken.failure) {
    return { outcome: failedWith(job.jobId, taken.failure, performance.now() - started) };
  }
  return adoptPicture(job, context, taken?.ok ? taken.facts : null);
}

async function makePicture(job: PictureJob, context: JobContext): Promise<Ended> {
  const { configuration, signal, tell } = context;
  const { dataFolder } = configuration;
  const { jobId } = job;
  const started = performance.now();
  let soFar: number | null = null;
  const live = createLivePreview(dataFolder, jobId, (previewCount) =>
    tell({ type: 'progress', jobId, fraction: soFar, previewCount }),
  );
  const wanted: PictureContext = {
    configuration: configuration.providers,
    signal,
    readReference: readReferences(dataFolder),
    onProgress: (fraction, preview) => {
      soFar = fraction;
      tell({ type: 'progress', jobId, fraction });
      if (preview) live.show(preview);
    },
  };
  faultPoint('generator: before the request');
  const made = await services[job.provider].makePicture(job, wanted);
  // Never rejects; the picture does not wait for it.
  void live.end();
  const arrived = performance.now();
  faultPoint('generator: the answer is in memory');
  if (!made.ok) return { outcome: failedWith(jobId, made, arrived - started) };
  tell({ type: 'arrived', jobId });
  const { prompt, provider, model, params } = job;
  const { costMicroUsd, signature } = made;
  const durationMs = Math.round(arrived - started);
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
  const stored = await keep(() => storeImage(dataFolder, origin, made.bytes), context);
  const ended = performance.now();
  if (!stored.ok) {
    // A price that nobody knows may have been paid all the same.
    const isPaidFor = stored.code === 'cancelled' && costMicroUsd !== 0;
    const code = isPaidFor ? 'cancelled_late' : stored.code;
    // As of every failure: null where it was free, zero where nobody knows.
    const mayHaveCost = costMicroUsd === 0 ? null : (costMicroUsd ?? 0);
    return { outcome: failedJob(jobId, code, ended - started, mayHaveCost) };
  }
  const { image, afterwards } = stored.value;
  return {
    outcome: {
      type: 'stored',
      jobId,
      ...image,
      costMicroUsd,
      durationMs: ended - started,
      storeMs: ended - arrived,
      ...(signature !== undefined && { signature }),
    },
    afterwards,
  };
}

async function adoptPicture(
  job: RecoverJob,
  context: JobContext,
  facts: PictureFacts | null = null,
): Promise<Ended> {
  const started = performance.now();
  const adopted = await keep(() => recoverFromDisk(context.configuration.dataFolder, job, facts), context);
  const storeMs = performance.now() - started;
  if (!adopted.ok) return { outcome: failedJob(job.jobId, adopted.code, storeMs) };
  const { image, costMicroUsd, durationMs, signature, afterwards } = adopted.value;
  const outcome = {
    type: 'stored',
    jobId: job.jobId,
    ...image,
    costMicroUsd,
    durationMs,
    storeMs,
    ...(signature !== undefined && { signature }),
  } as const;
  return { outcome, afterwards };
}

/** @returns what reads the pictures that go with a prompt; null for one that is not there. */
export function readReferences(dataFolder: string): PictureContext['readReference'] {
  return ({ file }: PictureReference) => readFile(path.join(dataFolder, file)).catch(() => null);
}

/** On a full disk it waits for room, and says so. */
function keep<Value>(
  work: () => Promise<Result<Value>>,
  { signal, tell }: JobContext,
): Promise<Result<Value>> {
  return waitForRoom(work, {
    onFull: () => tell({ type: 'disk-full' }),
    pause: () => wait(roomMs, undefined, { signal }),
    signal,
  });
}
