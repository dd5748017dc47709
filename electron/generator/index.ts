// The generator process: receives messages from the main process and dispatches them.
import { setTimeout as wait } from 'node:timers/promises';
import type { Job } from '../../shared/generator/jobs';
import type { FromGenerator, ToGenerator } from '../../shared/generator/messages';
import { answerJob, type Configuration } from './pipeline/answer-job';
import { deriveAgain, type Replacement, releaseOriginal } from './pipeline/derive';
import { locateFile } from './pipeline/locate-file';
import { createPrefetches, type Prefetches } from './pipeline/prefetches';
import { checkProvider, listModels } from './pipeline/query-provider';
import { runPrefetch } from './pipeline/run-prefetch';
import { createSerialQueue } from './pipeline/serial-queue';
import { createProxyQuestions } from './proxy-questions';
import { useProxyDirectory, withoutQuestions } from './services/http/proxy-directory';

/** Time for the renderer to show a picture before its smaller versions take the processor. */
const deriveDelayMs = 300;

const port = process.parentPort;
const runningJobs = new Map<string, AbortController>();
/** One at a time, because two derivations of one file would write over each other. */
const runInOrder = createSerialQueue();
let configuration: Configuration | null = null;
let prefetches: Prefetches | null = null;
const proxyQuestions = createProxyQuestions(send);
useProxyDirectory(proxyQuestions.directory);

port.on('message', ({ data }: { data: ToGenerator }) => {
  // Expected failures are values. A rejection is a bug: the process exits, and the main process starts a new one.
  dispatch(data)?.catch(exitWith);
});

function dispatch(message: ToGenerator): Promise<void> | undefined {
  switch (message.type) {
    case 'configure':
      prefetches ??= createPrefetches(message.dataFolder, message.keptPrefetches);
      configuration = message;
      send({ type: 'ready' });
      return;
    case 'ping':
      send({ type: 'alive' });
      return;
    case 'run':
      return run(message.job);
    case 'cancel':
      runningJobs.get(message.jobId)?.abort();
      return;
    case 'prefetch': {
      const { job } = message;
      const current = configuration;
      if (current) {
        prefetches?.start(job.jobId, (signal) =>
          withoutQuestions(() => runPrefetch(job, current, { signal, send })),
        );
      }
      return;
    }
    case 'discard-prefetch':
      return prefetches?.discard(message.prefetchId);
    case 'proxy-found':
    case 'proxy-login-found':
      return void proxyQuestions.receive(message);
    case 'derive':
      return runInOrder(async () => {
        const { dataFolder, displayQuality } = session().configuration;
        sendReplacement(message.imageId, await deriveAgain(dataFolder, message.file, displayQuality));
      });
    case 'release-original':
      return runInOrder(async () => {
        await releaseOriginal(session().configuration.dataFolder, message.imageId, message.file);
      });
    case 'locate':
      return runInOrder(async () => {
        const result = await locateFile(session().configuration.dataFolder, message);
        send({ type: 'located', task: message.task, result });
      });
    case 'check':
      return answer(async ({ providers }) => {
        const result = await checkProvider(message.provider, providers);
        send({ type: 'checked', task: message.task, result });
      });
    case 'list-models':
      return answer(async ({ providers }) => {
        const result = await listModels(message.provider, providers);
        send({ type: 'listed', task: message.task, result });
      });
  }
}

async function run(job: Job): Promise<void> {
  const controller = new AbortController();
  runningJobs.set(job.jobId, controller);
  try {
    const { outcome, deriveFiles } = await answerJob(job, { ...session(), signal: controller.signal, send });
    send(outcome);
    if (!deriveFiles) return;
    await wait(deriveDelayMs);
    await runInOrder(async () => {
      sendReplacement(job.jobId, await deriveFiles(session().configuration.displayQuality));
    });
  } finally {
    runningJobs.delete(job.jobId);
  }
}

async function answer(request: (current: Configuration) => Promise<void>): Promise<void> {
  await request(session().configuration);
}

/** Returns the current configuration: a changed setting applies from the next picture on. */
function session(): { configuration: Configuration; prefetches: Prefetches } {
  if (!configuration || !prefetches) throw new Error('A message arrived before the configuration.');
  return { configuration, prefetches };
}

function send(message: FromGenerator): void {
  port.postMessage(message);
}

function sendReplacement(jobId: string, replacement: Replacement | null): void {
  if (replacement) send({ type: 'derived', jobId, ...replacement });
}

function exitWith(error: unknown): never {
  console.error(error);
  process.exit(1);
}

// Since Electron 37 an unhandled rejection no longer ends a utility process by itself.
process.on('unhandledRejection', exitWith);
process.on('uncaughtException', exitWith);
