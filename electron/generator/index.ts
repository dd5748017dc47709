// The generator process: receives messages from the main process and dispatches them. It never opens a picture itself.

import { availableParallelism } from 'node:os';
import { success } from '../../shared/domain/errors';
import { useLists } from '../../shared/domain/listed-models';
import { createLongTasks, longTaskMs, unnamedTask } from '../../shared/domain/long-tasks';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import type { CodecNotice, CodecRequest } from '../../shared/generator/codec-messages';
import type { Job, PictureJob } from '../../shared/generator/jobs';
import type { LongTaskReport } from '../../shared/generator/long-tasks';
import type { FromGenerator, ToGenerator } from '../../shared/generator/messages';
import { loadLanguage } from '../../shared/languages/load-language';
import { createEndProcess } from '../files/end-process';
import { isUnchanged } from '../files/is-unchanged';
import { watchEventLoop } from '../files/watch-event-loop';
import { createCodec } from './codec/codec';
import { createCodecClient } from './codec/codec-client';
import { containFailures } from './contain-failures';
import { answerJob, type Configuration, pictureContext } from './pipeline/answer-job';
import { tidyArrivals } from './pipeline/arrivals';
import { changeHere } from './pipeline/change-here';
import { checkOutcome } from './pipeline/check-answer';
import { createPictureTasks } from './pipeline/picture-tasks';
import { checkProvider, listFiles, listModels } from './pipeline/query-provider';
import { createRequests } from './pipeline/requests';
import { createProxyQuestions } from './proxy-questions';
import { useProxyDirectory, withoutQuestions } from './services/http/proxy-directory';

const port = process.parentPort;
const runningJobs = new Map<string, AbortController>();
/** Twice the processors, because a picture keeps up to three codec threads busy, but also waits for the disk. */
const runOnPicture = createPictureTasks(availableParallelism() * 2);
const codecClient = createCodecClient({
  start: () => send({ type: 'codec-wanted' }),
  report: (state) => send({ type: `codec-${state}` }),
  dismiss: () => send({ type: 'codec-idle' }),
  isWanted: () => runningJobs.size > 0,
});
const codec = createCodec(codecClient.run);
const requests = createRequests();
let configuration: Configuration | null = null;
const endProcess = createEndProcess({ stopListening: () => port.removeAllListeners('message') });
const proxyQuestions = createProxyQuestions(send);
useProxyDirectory(proxyQuestions.directory);
const longTasks = createLongTasks(
  () => performance.now(),
  (name, milliseconds) => send({ type: 'long-task', name, milliseconds }),
);
const onWork = watchEventLoop({
  takeKnown: longTasks.takeLongest,
  minMs: longTaskMs,
  report: (milliseconds) => longTasks.record(unnamedTask, milliseconds),
});

port.on('message', ({ data, ports: [codecPort] }) => {
  const message: ToGenerator | CodecNotice = data;
  if (message.type === 'codec-connected' && codecPort) return connectCodec(codecPort);
  // A ping does not count as work.
  if (message.type !== 'ping') onWork();
  longTasks.measure(message.type, () => dispatchSafely(message));
});

/** Expected failures are values. */
const dispatchSafely = containFailures(dispatch, send);

function connectCodec(codecPort: Electron.MessagePortMain): void {
  codecPort.on('message', ({ data }) => codecClient.receive(data));
  codecPort.start();
  codecClient.connect(codecPort);
}

function dispatch(message: ToGenerator | CodecNotice): Promise<void> | undefined {
  switch (message.type) {
    case 'configure': {
      const isFirst = configuration === null;
      useServiceDirectory(message.services.map((service) => ({ ...service, address: service.baseUrl })));
      useLists(message.lists ?? []);
      configuration = message;
      loadLanguage(message.language).catch(console.error);
      send({ type: 'ready' });
      // Last, because the process is useful even if its folder cannot be tidied.
      if (isFirst) tidyArrivals(message.dataFolder);
      return;
    }
    case 'codec-connected':
      return;
    case 'codec-ended':
      codecClient.end();
      return;
    case 'ping':
      send({ type: 'alive' });
      return;
    case 'run':
      return run(message.job);
    case 'cancel':
      runningJobs.get(message.jobId)?.abort();
      return;
    case 'prefetch':
      return withoutQuestions(() => prefetch(message.job));
    case 'discard-prefetch':
      return requests.discard(message.requestId, current().dataFolder);
    case 'proxy-found':
    case 'proxy-login-found':
      proxyQuestions.receive(message);
      return;
    case 'derive':
      return runOnPicture(message.imageId, async () => {
        const { dataFolder, displayQuality } = current();
        const { task, imageId, file, link } = message;
        // A user's own file is never replaced.
        const how = link ? { source: link.path } : toReplace();
        // A changed file is no longer the same picture.
        if (!link || (await isUnchanged(link)))
          sendReplacement(imageId, await codec.derive(dataFolder, file, displayQuality, how));
        send({ type: 'small-versions-ended', task });
      });
    case 'sharpen':
      return runOnPicture(message.imageId, async () => {
        const { task, file, link } = message;
        if (!link || (await isUnchanged(link))) await codec.sharpen(current().dataFolder, file, link?.path);
        send({ type: 'small-versions-ended', task });
      });
    case 'remake':
      return runOnPicture(message.imageId, async () => {
        const { dataFolder, displayQuality } = current();
        const { task, file, link } = message;
        const isThere = !link || (await isUnchanged(link));
        const remade = isThere ? await codec.remake(dataFolder, file, displayQuality, link?.path) : 'damaged';
        send({ type: 'remade', task, remade });
      });
    case 'release-original':
      return runOnPicture(message.imageId, async () => {
        const { dataFolder, displayQuality } = current();
        await codec.releaseOriginal(dataFolder, message.imageId, message.file);
        await codec.derive(dataFolder, message.file, displayQuality);
      });
    case 'locate':
      return runOnPicture(message.imageId, async () => {
        const { type: _, task, ...wanted } = message;
        send({ type: 'located', task, result: await codec.locate(current().dataFolder, wanted) });
      });
    case 'change-here':
      return runOnPicture(message.newImageId, async () => {
        const { dataFolder, displayQuality } = current();
        const made = await changeHere({ dataFolder, codec }, message);
        const result = made.ok ? success(made.value.changed) : made;
        send({ type: 'changed', task: message.task, result });
        if (made.ok)
          sendReplacement(message.newImageId, await made.value.deriveFiles(displayQuality, toReplace()));
      });
    case 'write-png':
      return answer(async () => {
        const isWritten = await codec.writePng(message.file, message.target);
        send({ type: 'png-written', task: message.task, isWritten });
      });
    case 'convert':
      return answer(async () => {
        const { task, file, target, format, quality } = message;
        send({ type: 'converted', task, isWritten: await codec.convert(file, target, format, quality) });
      });
    case 'read-fingerprint':
      return runOnPicture(message.imageId, async () => {
        const fingerprint = await codec.fingerprint(current().dataFolder, message.file);
        send({ type: 'fingerprint-read', task: message.task, fingerprint });
      });
    case 'check':
      return answer(async ({ services }) => {
        const result = await checkProvider(message.provider, services);
        send({ type: 'checked', task: message.task, result });
      });
    case 'list-models':
      return answer(async ({ services }) => {
        const result = await listModels(message.provider, services);
        send({ type: 'listed', task: message.task, result });
      });
    case 'list-files':
      return answer(async ({ services }) => {
        const result = await listFiles(message.provider, services, message.classes);
        send({ type: 'files-listed', task: message.task, result });
      });
  }
}

async function run(job: Job): Promise<void> {
  const controller = new AbortController();
  runningJobs.set(job.jobId, controller);
  // The codec starts while the provider works.
  if (job.kind !== 'text') codecClient.warmUp();
  try {
    const context = { configuration: current(), codec, requests, signal: controller.signal, send };
    const { outcome, deriveFiles } = await answerJob(job, context);
    send(checkOutcome(job, outcome));
    if (!deriveFiles) return;
    await runOnPicture(job.jobId, async () => {
      sendReplacement(job.jobId, await deriveFiles(current().displayQuality, toReplace()));
    });
  } finally {
    runningJobs.delete(job.jobId);
  }
}

async function prefetch(job: PictureJob): Promise<void> {
  codecClient.warmUp();
  const { dataFolder } = current();
  requests.prefetch(job, { dataFolder, send, context: pictureContext(current(), codec) });
}

async function answer(request: (current: Configuration) => Promise<void>): Promise<void> {
  await request(current());
}

/** Returns the current configuration, so that a changed setting applies from the next picture on. */
function current(): Configuration {
  if (!configuration) throw new Error('A message arrived before the configuration.');
  return configuration;
}

function send(message: FromGenerator | CodecRequest | LongTaskReport): void {
  port.postMessage(message);
}

/** Returns whether display files will replace their originals, as the user has chosen. */
function toReplace(): { mayReplaceOriginal: boolean } {
  return { mayReplaceOriginal: current().replaceOriginals ?? false };
}

function sendReplacement(jobId: string, replacement: { file: string; bytes: number } | null): void {
  if (replacement) send({ type: 'derived', jobId, ...replacement });
}

// Since Electron 37 an unhandled rejection no longer ends a utility process by itself.
process.on('unhandledRejection', endProcess);
process.on('uncaughtException', endProcess);
