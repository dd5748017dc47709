// The generator process: takes jobs, calls providers, writes files, answers with facts.
import { setTimeout as wait } from 'node:timers/promises';
import {
  type AdoptJob,
  type FromGenerator,
  failedJob,
  type Job,
  type Outcome,
  type PictureJob,
  type ProviderConfiguration,
  type ToGenerator,
} from '../../shared/generator-messages';
import { providers } from '../../shared/models';
import { adopt } from './adopt';
import { deriveAgain, type Replacement, releaseOriginal } from './derive';
import { createDrafts, type Drafts } from './drafts';
import { reach } from './fault-point';
import { providerRegistry } from './providers/registry';
import { storeImage } from './store-image';

/** After an answer the screen has the processor to itself for this long: it is showing the picture. */
const yieldMs = 300;

type Configuration = { dataFolder: string; providers: ProviderConfiguration };

const port = process.parentPort;
const running = new Map<string, AbortController>();
let configuration: Configuration | null = null;
let drafts: Drafts | null = null;

function answer(message: FromGenerator): void {
  port.postMessage(message);
}

async function run(job: Job): Promise<void> {
  if (!configuration) throw new Error('A job came before the configuration.');
  const controller = new AbortController();
  running.set(job.jobId, controller);
  try {
    const { outcome, afterwards } = await outcomeOf(job, configuration, controller.signal);
    answer(outcome);
    if (!afterwards) return;
    await wait(yieldMs);
    await inTurn(async () => tellReplacement(job.jobId, await afterwards()));
  } finally {
    running.delete(job.jobId);
  }
}

function tellReplacement(jobId: string, replacement: Replacement | null): void {
  if (replacement) answer({ type: 'derived', jobId, ...replacement });
}

/** `afterwards`: work that nobody waits for. */
type Ended = { outcome: Outcome; afterwards?: () => Promise<Replacement | null> };

async function outcomeOf(job: Job, configuration: Configuration, signal: AbortSignal): Promise<Ended> {
  if (job.kind === 'picture') return adoptOrMake(job, configuration, signal);
  if (job.kind === 'adopt') return adoptPicture(job, configuration.dataFolder);
  const context = { configuration: configuration.providers, signal };
  const text = await providerRegistry[job.provider].reply(job, context);
  return { outcome: { type: 'replied', jobId: job.jobId, text } };
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
  const adopted = await adoptPicture({ ...job, kind: 'adopt' }, configuration.dataFolder);
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
  const context = { configuration: configuration.providers, signal };
  reach('generator: before the request');
  const made = await providerRegistry[job.provider].makePicture(job, context);
  const arrived = performance.now();
  reach('generator: the answer is in memory');
  if (!made.ok) {
    const { code, message, costMicroUsd } = made;
    const durationMs = arrived - started;
    return { outcome: { type: 'failed', jobId: job.jobId, code, message, durationMs, costMicroUsd } };
  }
  const { jobId: id, prompt, provider, model, params } = job;
  const { costMicroUsd } = made;
  const durationMs = Math.round(arrived - started);
  const origin = { id, prompt, provider, model, params, costMicroUsd, durationMs, createdAt: Date.now() };
  const stored = await storeImage(configuration.dataFolder, origin, made.bytes);
  const ended = performance.now();
  if (!stored.ok) {
    return { outcome: failedJob(job.jobId, stored.code, ended - started, costMicroUsd) };
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
    },
    afterwards,
  };
}

async function adoptPicture(job: AdoptJob, dataFolder: string): Promise<Ended> {
  const started = performance.now();
  const adopted = await adopt(dataFolder, job);
  const storeMs = performance.now() - started;
  if (!adopted.ok) return { outcome: failedJob(job.jobId, adopted.code, storeMs) };
  const { image, costMicroUsd, durationMs, afterwards } = adopted.value;
  const outcome = { type: 'stored', jobId: job.jobId, ...image, costMicroUsd, durationMs, storeMs } as const;
  return { outcome, afterwards };
}

function beginDraft(job: PictureJob, { providers: made }: Configuration): void {
  drafts?.begin(job.jobId, async (signal) => {
    const picture = await providerRegistry[job.provider].makePicture(job, { configuration: made, signal });
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
  if (configuration) tellReplacement(imageId, await deriveAgain(configuration.dataFolder, file));
}

async function release(imageId: string, file: string): Promise<void> {
  if (configuration) await releaseOriginal(configuration.dataFolder, imageId, file);
}

port.on('message', ({ data }: { data: ToGenerator }) => {
  switch (data.type) {
    case 'configure':
      drafts ??= createDrafts(data.dataFolder);
      configuration = { dataFolder: data.dataFolder, providers: data.providers };
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
