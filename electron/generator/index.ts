// The generator process: takes jobs, calls providers, writes files, answers with facts.
import { setTimeout as wait } from 'node:timers/promises';
import { providers } from '../../shared/domain/model-catalogue';
import type { ProviderId } from '../../shared/domain/models';
import type {
  EndedPrefetch,
  FromGenerator,
  Job,
  LocateTask,
  PictureJob,
  ToGenerator,
} from '../../shared/generator/messages';
import { answerJob, type Configuration, readReferences } from './pipeline/answer-job';
import { check, listModels } from './pipeline/ask-provider';
import { deriveAgain, type Replacement, releaseOriginal } from './pipeline/derive';
import { locateFile } from './pipeline/locate-file';
import { createPrefetches, type Prefetches } from './pipeline/prefetches';
import { setProxies } from './services/http/fetch';
import { services } from './services/registry';
import type { MadePicture, ServiceFailure } from './services/service';

/** After an answer the screen has the processor to itself for this long: it is showing the picture. */
const yieldMs = 300;

const port = process.parentPort;
const running = new Map<string, AbortController>();
let configuration: Configuration | null = null;
let drafts: Prefetches | null = null;

/** As it is by now: what a user sets holds from the next picture on. */
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
    const { outcome, afterwards } = await answerJob(job, {
      configuration: configured(),
      drafts,
      signal: controller.signal,
      tell: answer,
    });
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

function startPrefetch(job: PictureJob, { dataFolder, providers: configured }: Configuration): void {
  drafts?.begin(job.jobId, async (signal) => {
    const picture = await services[job.provider].makePicture(job, {
      configuration: configured,
      signal,
      readReference: readReferences(dataFolder),
      onProgress: () => {},
    });
    const prefetchId = job.jobId;
    if (!providers[job.provider].local) answer({ type: 'prefetch-ended', prefetchId, ...endOf(picture) });
    return picture;
  });
}

function endOf(
  picture: MadePicture | ServiceFailure,
): Pick<EndedPrefetch, 'code' | 'costMicroUsd' | 'retryAfterMs'> {
  const { costMicroUsd } = picture;
  if (picture.ok) return { code: null, costMicroUsd };
  const { code, retryAfterMs } = picture;
  return { code, costMicroUsd, ...(retryAfterMs !== undefined && { retryAfterMs }) };
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

async function answerCheck(task: number, provider: ProviderId): Promise<void> {
  answer({ type: 'checked', task, result: await check(provider, configured().providers) });
}

async function answerModels(task: number, provider: ProviderId): Promise<void> {
  answer({ type: 'listed', task, result: await listModels(provider, configured().providers) });
}

port.on('message', ({ data }: { data: ToGenerator }) => {
  switch (data.type) {
    case 'configure':
      drafts ??= createPrefetches(data.dataFolder, data.keptPrefetches);
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
    case 'prefetch':
      if (configuration) startPrefetch(data.job, configuration);
      return;
    case 'discard-prefetch':
      drafts?.discard(data.prefetchId).catch(endWith);
      return;
    case 'derive':
      inTurn(() => derive(data.imageId, data.file)).catch(endWith);
      return;
    case 'locate':
      inTurn(() => locate(data.task, data)).catch(endWith);
      return;
    case 'check':
      answerCheck(data.task, data.provider).catch(endWith);
      return;
    case 'list-models':
      answerModels(data.task, data.provider).catch(endWith);
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
