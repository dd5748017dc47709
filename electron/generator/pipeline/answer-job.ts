// Runs a job to its outcome: a model's reply, or a picture that is generated and stored, or recovered from disk.
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from '../../../shared/domain/answers';
import type { Result } from '../../../shared/domain/errors';
import { nearestAspectRatio } from '../../../shared/domain/nearest-aspect-ratio';
import { possibleCost } from '../../../shared/generator/billing';
import type { Job, PictureJob, RecoverJob, TextJob } from '../../../shared/generator/jobs';
import {
  type FromGenerator,
  failedJob,
  type Outcome,
  type ToGenerator,
} from '../../../shared/generator/messages';
import type { Codec } from '../codec/codec';
import type { Reply } from '../services/service';
import { adoptArrival } from './adopt-arrival';
import { planAnswer, writeParts } from './answer-parts';
import { forgetFacts, readFacts, writeArrival } from './arrivals';
import { changeWith } from './change-here';
import { prepareWith } from './change-part';
import { checkAnswer } from './check-answer';
import { findWire } from './find-wire';
import {
  type AnsweredJob,
  costOfRecovery,
  failedBy,
  failedToStore,
  storedOutcome,
  withAnswer,
} from './job-outcomes';
import { createLivePreview } from './live-preview';
import { notStored } from './not-stored';
import { checkLinks, readReferences } from './read-references';
import { recoverFromDisk } from './recover-from-disk';
import type { RequestListener } from './request-updates';
import type { RequestContext, RequestResult, Requests } from './requests';
import { fullDiskRetryMs, waitForSpace } from './wait-for-space';

export type Configuration = Omit<Extract<ToGenerator, { type: 'configure' }>, 'type' | 'language'>;

export type JobContext = {
  /** The configuration when the job arrived. */
  configuration: Configuration;
  codec: Codec;
  requests: Requests;
  /** Aborted when the user cancels the job. */
  signal: AbortSignal;
  /** Sends messages that precede the outcome. */
  send: (message: FromGenerator) => void;
};

/**
 * Runs a job. Never rejects: a bug fails only its own job, because other requests in this process may have been
 * paid for. Received bytes are on disk, where a retry finds them.
 */
export async function answerJob(job: Job, context: JobContext): Promise<AnsweredJob> {
  try {
    return await answer(job, context);
  } catch (error) {
    console.error(`Job ${job.jobId} has failed in an unknown way:`, error);
    return { outcome: failedJob(job.jobId, 'internal', 0, possibleCost(job)) };
  }
}

async function answer(job: Job, context: JobContext): Promise<AnsweredJob> {
  if (job.kind === 'text') return { outcome: await reply(job, context) };
  const startedAt = performance.now();
  if (!context.requests.has(job.requestId)) {
    const recovered = await recoverPicture(job, context);
    const isThere = recovered.outcome.type !== 'failed' || recovered.outcome.code !== 'nothing_to_recover';
    if (isThere || job.kind === 'recover') return recovered;
  }
  const result = await requestPicture(job, context);
  if (!result.ok) return { outcome: failedBy(result.failure, job.jobId, performance.now() - startedAt) };
  const { displayInfo, arrival } = result;
  // The page shows the bytes while they are stored.
  if (displayInfo)
    context.send({ type: 'showable', jobId: job.jobId, requestId: arrival.requestId, ...displayInfo });
  return storeArrived(job, result, context, startedAt);
}

async function reply(job: TextJob, context: JobContext): Promise<Outcome> {
  const { configuration, signal, send } = context;
  const startedAt = performance.now();
  const { jobId } = job;
  const found = findWire(configuration.services, job.provider);
  if (!found.ok) return failedBy({ ...found, costMicroUsd: null }, jobId, 0);
  const changed = await checkLinks(job.references);
  if (changed) return failedBy({ ...changed, costMicroUsd: null }, jobId, 0);
  const { service, wire } = found;
  const onText = (text: string) => send({ type: 'text', jobId, text });
  const readReference = readReferences(configuration.dataFolder);
  const replied = checkAnswer(await wire.reply(job, { service, signal, onText, readReference }));
  if (!replied.ok) return failedBy(replied, jobId, performance.now() - startedAt);
  const { text, pictures, costMicroUsd } = replied;
  const outcome: Outcome = { type: 'replied', jobId, text, pictures, costMicroUsd };
  const kept = await keepPicturesOf(job, replied, context, performance.now() - startedAt);
  return withAnswer(outcome, configuration.dataFolder, kept);
}

/**
 * Writes the pictures that a reply itself contains before anything decodes them. Their prompt is the user's
 * message.
 */
async function keepPicturesOf(
  { requestId, jobId, provider, model, text: prompt }: TextJob,
  { made = [], costMicroUsd }: Reply,
  context: JobContext,
  durationMs: number,
): Promise<Answer | undefined> {
  const { dataFolder } = context.configuration;
  const plan = planAnswer({ further: made, lost: 0, words: '', costMicroUsd });
  const size = plan.answer?.parts.find((part) => part.size)?.size;
  const params = { aspectRatio: size ? nearestAspectRatio(size) : ('1:1' as const), seed: 0 };
  const facts = { provider, model: model ?? '', prompt, params, costMicroUsd, mimeType: null };
  await writeParts(
    dataFolder,
    plan,
    { ...facts, requestId, jobId, arrivedAt: Date.now(), durationMs: Math.round(durationMs) },
    (part, bytes) => retryOnFullDisk(() => writeArrival(dataFolder, part, bytes), context),
  );
  return plan.answer;
}

/** Waits for the job's request if it is in flight, or makes it. Shows its progress in both cases. */
async function requestPicture(job: PictureJob | RecoverJob, context: JobContext): Promise<RequestResult> {
  const { configuration, codec, requests, signal, send } = context;
  const { dataFolder } = configuration;
  const { jobId } = job;
  let lastFraction: number | null = null;
  const livePreview = createLivePreview({ dataFolder, codec }, jobId, (previewCount) =>
    send({ type: 'progress', jobId, fraction: lastFraction, previewCount }),
  );
  const listener: RequestListener = {
    jobId,
    onProgress(fraction, preview) {
      lastFraction = fraction;
      send({ type: 'progress', jobId, fraction });
      if (preview) livePreview.show(preview);
    },
  };
  const make = () =>
    requests.start(
      { ...job, kind: 'picture' },
      { dataFolder, jobId, send, context: pictureContext(configuration, codec) },
    );
  try {
    return await requests.take(job, signal, listener, make);
  } finally {
    // Never rejects, and storing the picture does not depend on it.
    void livePreview.end();
  }
}

/** Returns the context of requests except for the signal, and the configured services. */
export function pictureContext({ dataFolder, services }: Configuration, codec: Codec): RequestContext {
  return {
    services,
    readReference: readReferences(dataFolder),
    prepareEdit: prepareWith({ dataFolder, codec }),
    codec,
    changeHere: changeWith({ dataFolder, codec }),
    paint: codec.paint,
  };
}

/** @param startedAt the time from which the user has waited, by the clock of `performance.now()`. */
async function storeArrived(
  { jobId }: PictureJob | RecoverJob,
  { arrival, arrivedAt }: Extract<RequestResult, { ok: true }>,
  context: JobContext,
  startedAt: number,
): Promise<AnsweredJob> {
  const { codec, configuration } = context;
  const { dataFolder } = configuration;
  const stored = await retryOnFullDisk(
    () => adoptArrival({ dataFolder, codec }, jobId, arrival).catch(notStored),
    context,
  );
  const endedAt = performance.now();
  if (!stored.ok) {
    const outcome = failedToStore(jobId, stored, endedAt - startedAt, arrival.costMicroUsd);
    return { outcome: withAnswer(outcome, dataFolder, arrival.answer) };
  }
  const { value } = stored;
  return storedOutcome(
    dataFolder,
    jobId,
    value,
    endedAt - startedAt,
    endedAt - Math.max(arrivedAt, startedAt),
  );
}

async function recoverPicture(job: PictureJob | RecoverJob, context: JobContext): Promise<AnsweredJob> {
  const { codec, configuration } = context;
  const { dataFolder } = configuration;
  const startedAt = performance.now();
  // If the disk fails here, no request is made, because its picture could not be stored either.
  const problem = job.kind === 'recover' ? 'picture_not_stored' : 'not_saved';
  const recovered = await retryOnFullDisk(
    () => recoverFromDisk({ dataFolder, codec }, job).catch((error: unknown) => notStored(error, problem)),
    context,
  );
  const storeMs = performance.now() - startedAt;
  if (!recovered.ok) {
    const facts = await readFacts(dataFolder, job.requestId);
    const outcome = failedToStore(job.jobId, recovered, storeMs, costOfRecovery(job, recovered, facts));
    // The cost is reported now, so that the facts are no longer needed.
    if (recovered.code === 'nothing_to_recover') await forgetFacts(dataFolder, job.requestId);
    return { outcome: withAnswer(outcome, dataFolder, outcome.kept ? facts?.answer : undefined) };
  }
  return storedOutcome(dataFolder, job.jobId, recovered.value, recovered.value.durationMs, storeMs);
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
