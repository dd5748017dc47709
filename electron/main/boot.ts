// Puts the app together: one line a step, in order; shutdown in reverse.
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { limitsOf } from '../../shared/limits';
import type { ProviderId } from '../../shared/models';
import importerModule from '../generator/importer/index?modulePath';
import generatorModule from '../generator/index?modulePath';
import { chooseProvider, providerConfiguration } from './active-provider';
import { pageAddress, serveAppPages } from './app-pages';
import { begin } from './chat/begin';
import type { ChatContext } from './chat/chat-context';
import { createDrain, drainBatch } from './chat/drain-outbox';
import { createPrediction } from './chat/predict';
import { recover } from './chat/recover';
import { settle } from './chat/settle';
import { rememberClosed } from './db/clean-exit';
import { nativeBinding } from './db/native-binding';
import type { Store } from './db/open';
import { openSafely } from './db/open-safely';
import { type Environment, keysOf, readEnvironment, withoutKeys } from './environment';

import { createAdmission } from './generation/admission';

import { type Arrivals, createArrivals } from './generation/arrivals';

import { forkGenerator } from './generation/fork-generator';
import { createGenerator, type Generator, type GeneratorOptions } from './generation/generator-process';
import { createQueue } from './generation/queue';
import { createRunJob } from './generation/run-job';
import { createUsage } from './generation/usage';
import { createHandlers } from './handlers';
import { serveImages } from './image-protocol';
import { startImports } from './import';
import { broadcast, type Handlers, serve, serveOffers } from './ipc';
import { keyVault } from './key-vault';
import { lookAfterData } from './look-after-data';
import { createMetrics, type Metrics } from './metrics';
import { registerScheme, serveScheme } from './protocol';
import { createQuit } from './quit';
import { codeOf } from './requests';
import { createSecrets, type Secrets } from './secrets';
import { replaceOriginal } from './storage/replace-original';
import { startUpdates } from './updates';
import { applyTheme, focusWindow, hideWindows, openWindow } from './window';

/** How often the generator is asked for a sign of life. Four times without one, and it is replaced. */
const heartbeatMs = 5_000;
/** What could not be written is tried again after this long. */
const tryAgainMs = 5_000;

export type BootOptions = {
  /** How a message is answered. Passed in, so that a benchmark can put another order of things in its place. */
  createSend: (context: ChatContext, generator: Generator) => Handlers['chat:send'];
};

/** Starts the app. Rejects only where it cannot run at all; see index.ts for what the person is told then. */
export async function boot({ createSend }: BootOptions): Promise<void> {
  registerScheme();
  const environment = readEnvironment(process.env);
  const dataFolder = useDataFolder(environment);
  if (!app.requestSingleInstanceLock()) return app.quit();
  const metrics = createMetrics();
  const database = {
    dataFolder,
    file: path.join(dataFolder, 'afterimage.db'),
    nativeBinding: nativeBinding(path.resolve(import.meta.dirname, '../..')),
    now: Date.now,
  };
  const opened = openSafely(database);
  const { store } = opened;
  await app.whenReady();

  const arrivals = createArrivals();
  const secrets = createSecrets({
    dataFolder,
    vault: keyVault,
    environment: keysOf(environment),
    onChange() {
      generator.configure();
      broadcast('provider:changed', context.activeProvider());
    },
  });
  const generator = startGenerator(environment, dataFolder, store, secrets, metrics, {
    // Two processes that start at once take the processor from each other, and the screen is waited for.
    whenToStart: (start) =>
      app.once('browser-window-created', (_event, window) => window.once('ready-to-show', start)),
    onArrived: arrivals.add,
    onDerived: (derived) => {
      if (replaceOriginal(context, derived)) generator.releaseOriginal(derived.jobId, derived.file);
    },
    onDiskFull: () => safety.onFailure('disk_full'),
  });
  const chat = createChat(
    { environment, dataFolder, store, secrets, metrics, generator, arrivals },
    (error) => safety.onFailure(codeOf(error, safety.isDiskFull)),
  );
  const { context, queue, drain, usage } = chat;
  const care = lookAfterData({ context, generator, database, opened, onRoom: drain });
  const { safety, storage, housekeeping } = care;
  const imports = startImports(storage, importerModule);
  const updates = startUpdates(environment, dataFolder);
  const send = createSend(context, generator);
  applyTheme(store.settings.read().theme);
  serve(
    createHandlers({
      context,
      generator,
      dataFolder,
      safety,
      storage,
      housekeeping,
      usage,
      secrets,
      imports,
      updates,
      send,
      onSettings: ({ theme }) => {
        applyTheme(theme);
        generator.configure();
      },
    }),
    isOurs,
    safety,
  );
  serveOffers(imports.offer, isOurs);
  serveScheme({
    app: serveAppPages(path.join(import.meta.dirname, '../renderer')),
    image: serveImages(
      dataFolder,
      (id) => store.messages.imageFile(id) ?? store.userImages.file(id),
      generator.derive,
    ),
  });
  const preload = path.join(import.meta.dirname, '../preload/index.cjs');
  openWindow(pageUrl(), preload)
    .once('ready-to-show', housekeeping.start)
    .once('ready-to-show', updates.start)
    .once('ready-to-show', () => void imports.finishInterrupted().catch(console.error));
  void secrets.load();
  recover(context);
  drain();
  setInterval(generator.beat, heartbeatMs);

  const quit = createQuit({
    stopBeginning: queue.close,
    ...arrivals,
    hideWindows,
    after: (milliseconds, work) => void setTimeout(work, milliseconds),
    quit: () => app.quit(),
  });
  // Whoever opens it again while it is ending gets a new one.
  app.on('second-instance', () => (quit.isAsked() ? app.relaunch() : focusWindow()));
  app.on('activate', () => focusWindow() || openWindow(pageUrl(), preload));
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  app.on('before-quit', (event) => quit.mayGo() || event.preventDefault());
  app.on('will-quit', () => {
    imports.close();
    care.close();
    generator.close();
    try {
      while (drainBatch(context) > 0);
    } catch (error) {
      // On a full disk, say. What waits is in the outbox, and the next start drains it.
      console.error('The outbox could not be drained at the end:', error);
    }
    store.close();
    rememberClosed(database.file);
  });
}

/** Everything that the app writes is under this folder, Chromium's own files too. */
function useDataFolder({ dataFolder }: Environment): string {
  if (dataFolder !== null) app.setPath('userData', dataFolder);
  const folder = app.getPath('userData');
  app.setPath('sessionData', path.join(folder, 'session'));
  mkdirSync(path.join(folder, 'images'), { recursive: true });
  return folder;
}

function startGenerator(
  environment: Environment,
  dataFolder: string,
  store: Store,
  secrets: Secrets,
  metrics: Metrics,
  listeners: Pick<GeneratorOptions, 'whenToStart' | 'onArrived' | 'onDerived' | 'onDiskFull'>,
): Generator {
  const env = { ...withoutKeys(process.env), AFTERIMAGE_MAIN_PID: String(process.pid) };
  return createGenerator({
    fork: (onMessage, onExit) => forkGenerator(generatorModule, env, onMessage, onExit),
    configuration: () => ({
      type: 'configure',
      dataFolder,
      providers: providerConfiguration(environment, store.settings.read(), secrets.get),
      displayQuality: store.settings.read().displayQuality,
    }),
    after: (milliseconds, work) => void setTimeout(work, milliseconds),
    onStart: (milliseconds) => metrics.record('Start the generator', milliseconds),
    ...listeners,
  });
}

type ChatParts = {
  environment: Environment;
  dataFolder: string;
  store: Store;
  secrets: Secrets;
  metrics: Metrics;
  generator: Generator;
  arrivals: Arrivals;
};

function createChat(parts: ChatParts, onTrouble: (error: unknown) => void) {
  const { environment, dataFolder, store, secrets, metrics, generator, arrivals } = parts;
  const prediction = createPrediction({ begin: generator.beginDraft, discard: generator.discardDraft });
  const context: ChatContext = {
    store,
    metrics,
    broadcast,
    enqueue(job) {
      // What is asked for goes before what might be.
      prediction.stop();
      const refused = admission(job);
      if (refused === null) queue.add(job);
      else if (settle(context, { job, outcome: refused, requestedAt: context.now() })) drain();
    },
    resume: (job) => queue.add(job),
    isIdle: () => queue.size().waiting + queue.size().running === 0,
    prediction,
    cancel: (jobId) => queue.cancel(jobId),
    activeProvider: () => chooseProvider(environment, store.settings.read(), secrets.get),
    hasFile: (file) => existsSync(path.join(dataFolder, file)),
    now: Date.now,
    random: Math.random,
    afterReply: (work) => void setImmediate(work),
  };
  const drain = createDrain(context, (work) => void setImmediate(work));
  const queue = createQueue({
    run: createRunJob(generator.run),
    stop: generator.stop,
    onStart: (job) => begin(context, job),
    onEnd: (job, outcome, requestedAt) => {
      if (settle(context, { job, outcome, requestedAt })) drain();
      arrivals.end(job.jobId);
    },
    onTrouble,
    later: (work) => void setTimeout(work, tryAgainMs),
    now: context.now,
  });
  const limits = (provider: ProviderId) =>
    environment.limits ?? limitsOf(provider, store.settings.read().limits);
  const admission = createAdmission({
    store,
    limits,
    monthlyCap: () => store.settings.read().monthlyCapMicroUsd,
    underWay: queue.pictures,
    now: context.now,
  });
  const usage = createUsage({ ...context, limits, underWay: queue.pictures });
  return { context, queue, drain, usage };
}

/** The built page, or in development the one that reloads by itself. */
function pageUrl(): string {
  return (import.meta.env.DEV && process.env.ELECTRON_RENDERER_URL) || pageAddress;
}

/** Only our own page may ask for anything. */
function isOurs(url: string): boolean {
  const ours = new URL(pageUrl());
  const asking = new URL(url);
  return asking.protocol === ours.protocol && asking.host === ours.host;
}
