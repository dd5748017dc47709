// The generator process: takes jobs, calls providers, writes files, answers with facts.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { failure, type Result, success } from '../../shared/errors';
import {
  type AdoptJob,
  type FailedJob,
  type FromGenerator,
  failedJob,
  type Job,
  type LocateTask,
  type Outcome,
  type PictureJob,
  type PictureReference,
  type TextJob,
  type ToGenerator,
} from '../../shared/generator-messages';
import { type ProviderId, providers } from '../../shared/models';
import { adopt } from './adopt';
import { deriveAgain, type Replacement, releaseOriginal } from './derive';
import { createDrafts, type Drafts } from './drafts';
import { reach } from './fault-point';
import { setProxies } from './fetch';
import { createLivePreview } from './live-preview';
import { locateFile } from './locate-file';
import type { PictureContext, ProviderContext, ProviderFailure } from './providers/provider';
import { providerRegistry } from './providers/registry';
import { type Afterwards, storeImage } from './store-image';
import { waitForRoom } from './wait-for-room';

/** After an answer the screen has the processor to itself for this long: it is showing the picture. */
const yieldMs = 300;

/** A provider has so long to say whether a key works, or what it offers. */
const questionMs = 20_000;

/** A full disk is asked again after so long. */
const roomMs = 2000;

type Configuration = Omit<Extract<ToGenerator, { type: 'configure' }>, 'type'>;

const port = process.parentPort;
const running = new Map<string, AbortController>();
let configuration: Configuration | null = null;
let drafts: Drafts | null = null;

/** As it is by now: what a person sets holds from the next picture on. */
function configured(): Configuration {
  if (!configuration) throw new Error('Work came before the configuration.');
  return configuration;
}

function answer(message: FromGenerator): void {
  port.postMessage(message);
}

async function run(job: Job): Promise<void> {
  const controller = new AbortController();
  running.set(job.jobId, controller);
  try {
    const { outcome, afterwards } = await outcomeOf(job, configured(), controller.signal);
    answer(outcome);
    if (!afterwards) return;
    await wait(yieldMs);
    await inTurn(async () => tellReplacement(job.jobId, await afterwards(configured().displayQuality)));
  } finally {
    running.delete(job.jobId);
  }
}

function tellReplacement(jobId: string, replacement: Replacement | null): void {
  if (replacement) answer({ type: 'derived', jobId, ...replacement });
}

/** `afterwards`: work that nobody waits for. */
type Ended = { outcome: Outcome; afterwards?: Afterwards };

async function outcomeOf(job: Job, configuration: Configuration, signal: AbortSignal): Promise<Ended> {
  if (job.kind === 'picture') return adoptOrMake(job, configuration, signal);
  if (job.kind === 'adopt') return adoptPicture(job, configuration, signal);
  return { outcome: await reply(job, configuration, signal) };
}

async function reply(job: TextJob, { providers }: Configuration, signal: AbortSignal): Promise<Outcome> {
  const started = performance.now();
  const { jobId } = job;
  const replied = await providerRegistry[job.provider].reply(job, {
    configuration: providers,
    signal,
    onText: (text) => answer({ type: 'text', jobId, text }),
  });
  if (!replied.ok) return failedWith(jobId, replied, performance.now() - started);
  const { text, pictures, costMicroUsd } = replied;
  return { type: 'replied', jobId, text, pictures, costMicroUsd };
}

function failedWith(jobId: string, failure: ProviderFailure, durationMs: number): FailedJob {
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
async function adoptOrMake(
  job: PictureJob,
  configuration: Configuration,
  signal: AbortSignal,
): Promise<Ended> {
  const started = performance.now();
  const hasDraft = job.draftId !== undefined && (await drafts?.take(job.draftId, job.jobId, signal));
  if (providers[job.provider].local && !hasDraft) return makePicture(job, configuration, signal);
  const adopted = await adoptPicture({ ...job, kind: 'adopt' }, configuration, signal);
  const { outcome } = adopted;
  if (outcome.type === 'failed' && outcome.code === 'nothing_to_adopt') {
    return makePicture(job, configuration, signal);
  }
  if (!hasDraft || outcome.type !== 'stored') return adopted;
  // As long as the person has waited for it.
  return { ...adopted, outcome: { ...outcome, durationMs: performance.now() - started } };
}

async function makePicture(
  job: PictureJob,
  configuration: Configuration,
  signal: AbortSignal,
): Promise<Ended> {
  const started = performance.now();
  let soFar: number | null = null;
  const live = createLivePreview(configuration.dataFolder, job.jobId, (looks) =>
    answer({ type: 'progress', jobId: job.jobId, fraction: soFar, looks }),
  );
  const context: PictureContext = {
    configuration: configuration.providers,
    signal,
    readReference,
    onProgress: (fraction, preview) => {
      soFar = fraction;
      answer({ type: 'progress', jobId: job.jobId, fraction });
      if (preview) live.show(preview);
    },
  };
  reach('generator: before the request');
  const made = await providerRegistry[job.provider].makePicture(job, context);
  live.end().catch(endWith);
  const arrived = performance.now();
  reach('generator: the answer is in memory');
  if (!made.ok) return { outcome: failedWith(job.jobId, made, arrived - started) };
  answer({ type: 'arrived', jobId: job.jobId });
  const { jobId: id, prompt, provider, model, params } = job;
  const { costMicroUsd, signature } = made;
  const durationMs = Math.round(arrived - started);
  const createdAt = Date.now();
  const origin = { id, prompt, provider, model, params, costMicroUsd, durationMs, createdAt, signature };
  const stored = await keep(() => storeImage(configuration.dataFolder, origin, made.bytes), signal);
  const ended = performance.now();
  if (!stored.ok) {
    // A price that nobody knows may have been paid all the same.
    const isPaidFor = stored.code === 'cancelled' && costMicroUsd !== 0;
    const code = isPaidFor ? 'cancelled_late' : stored.code;
    // As of every failure: null where it was free, zero where nobody knows.
    const mayHaveCost = costMicroUsd === 0 ? null : (costMicroUsd ?? 0);
    return { outcome: failedJob(job.jobId, code, ended - started, mayHaveCost) };
  }
  const { image, afterwards } = stored.value;
  return {
    outcome: {
      type: 'stored',
      jobId: job.jobId,
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
  job: AdoptJob,
  { dataFolder }: Configuration,
  signal: AbortSignal,
): Promise<Ended> {
  const started = performance.now();
  const adopted = await keep(() => adopt(dataFolder, job), signal);
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

async function readReference({ file }: PictureReference): Promise<Uint8Array | null> {
  return readFile(path.join(configured().dataFolder, file)).catch(() => null);
}

/** On a full disk it waits for room, and says so. */
function keep<Value>(work: () => Promise<Result<Value>>, signal: AbortSignal): Promise<Result<Value>> {
  return waitForRoom(work, {
    onFull: () => answer({ type: 'disk-full' }),
    pause: () => wait(roomMs, undefined, { signal }),
    signal,
  });
}

function beginDraft(job: PictureJob, { providers: made }: Configuration): void {
  drafts?.begin(job.jobId, async (signal) => {
    const picture = await providerRegistry[job.provider].makePicture(job, {
      configuration: made,
      signal,
      readReference,
      onProgress: () => {},
    });
    return picture.ok ? picture.bytes : null;
  });
}

/** Derived files are made one after another: two that write the same one would spoil it, and nobody waits. */
let behind: Promise<void> = Promise.resolve();

function inTurn(work: () => Promise<void>): Promise<void> {
  behind = behind.then(work);
  return behind;
}

async function derive(imageId: string, file: string): Promise<void> {
  const { dataFolder, displayQuality } = configured();
  tellReplacement(imageId, await deriveAgain(dataFolder, file, displayQuality));
}

async function release(imageId: string, file: string): Promise<void> {
  await releaseOriginal(configured().dataFolder, imageId, file);
}

async function locate(task: number, wanted: LocateTask): Promise<void> {
  answer({ type: 'located', task, result: await locateFile(configured().dataFolder, wanted) });
}

async function check(task: number, id: ProviderId): Promise<void> {
  const verdict = await ask(providerRegistry[id].check);
  const result = !verdict?.ok ? (verdict ?? failure('nothing_to_check')) : success(verdict.message);
  answer({ type: 'checked', task, result });
}

async function listModels(task: number, id: ProviderId): Promise<void> {
  const offered = await ask(providerRegistry[id].listModels);
  const result = !offered?.ok ? (offered ?? failure('nothing_to_list')) : success(offered.models);
  answer({ type: 'listed', task, result });
}

/** Asks what nobody can cancel, and gives up by itself. */
async function ask<Value>(
  question?: (context: ProviderContext) => Promise<Value>,
): Promise<Value | undefined> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), questionMs);
  try {
    return await question?.({ configuration: configured().providers, signal: giveUp.signal });
  } finally {
    clearTimeout(timer);
  }
}

port.on('message', ({ data }: { data: ToGenerator }) => {
  switch (data.type) {
    case 'configure':
      drafts ??= createDrafts(data.dataFolder);
      configuration = data;
      setProxies(data.proxies ?? {});
      answer({ type: 'ready' });
      return;
    case 'ping':
      answer({ type: 'alive' });
      return;
    case 'cancel':
      running.get(data.jobId)?.abort();
      return;
    case 'draft':
      if (configuration) beginDraft(data.job, configuration);
      return;
    case 'discard-draft':
      drafts?.discard(data.draftId).catch(endWith);
      return;
    case 'derive':
      inTurn(() => derive(data.imageId, data.file)).catch(endWith);
      return;
    case 'locate':
      inTurn(() => locate(data.task, data)).catch(endWith);
      return;
    case 'check':
      check(data.task, data.provider).catch(endWith);
      return;
    case 'list-models':
      listModels(data.task, data.provider).catch(endWith);
      return;
    case 'release-original':
      inTurn(() => release(data.imageId, data.file)).catch(endWith);
      return;
    case 'run':
      // What is thrown here is a bug. The process ends, the main process says so and starts a new one.
      run(data.job).catch(endWith);
  }
});

function endWith(error: unknown): never {
  console.error(error);
  process.exit(1);
}

// Since Electron 37 an unhandled rejection no longer ends a utility process by itself.
process.on('unhandledRejection', endWith);
