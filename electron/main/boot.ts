// Puts the app together: one line a step, in order; shutdown in reverse.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { app } from 'electron';
import type { DerivedPicture } from '../../shared/generator-messages';
import generatorModule from '../generator/index?modulePath';
import { chooseProvider } from './active-provider';
import { pageAddress, serveAppPages } from './app-pages';
import { begin } from './chat/begin';
import type { ChatContext } from './chat/chat-context';
import { createDrain, drainBatch } from './chat/drain-outbox';
import { recover } from './chat/recover';
import { settle } from './chat/settle';
import { startDataSafety } from './data-safety';
import { rememberClosed } from './db/clean-exit';
import { nativeBinding } from './db/native-binding';
import type { Store } from './db/open';
import { openSafely } from './db/open-safely';
import { type Environment, readEnvironment, withoutKeys } from './environment';
import { indexWords } from './gallery/index-words';
import { forkGenerator } from './generation/fork-generator';
import { createGenerator, type Generator } from './generation/generator-process';
import { createQueue } from './generation/queue';
import { createRunJob } from './generation/run-job';
import { createHandlers } from './handlers';
import { serveImages } from './image-protocol';
import { broadcast, type Handlers, serve } from './ipc';
import { createMetrics, type Metrics } from './metrics';
import { registerScheme, serveScheme } from './protocol';
import { codeOf } from './requests';
import { createHousekeeping } from './storage/housekeeping';
import { replaceOriginal } from './storage/replace-original';
import type { StorageContext } from './storage/storage-context';
import { applyTheme, focusWindow, openWindow } from './window';

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

  const generator = startGenerator(environment, dataFolder, metrics, (derived) => {
    if (replaceOriginal(context, derived)) generator.releaseOriginal(derived.jobId, derived.file);
  });
  const { context, drain } = createChat(environment, store, metrics, generator, (error) =>
    safety.onFailure(codeOf(error, safety.isDiskFull)),
  );
  const ending = new AbortController();
  const storage: StorageContext = { ...context, dataFolder, signal: ending.signal, pause };
  const housekeeping = createHousekeeping(
    storage,
    (milliseconds, work) => void setTimeout(work, milliseconds),
    () => safety.isWhole(),
  );
  const send = createSend(context, generator);
  const safety = startDataSafety({ ...database, ...opened, broadcast, onRoom: drain });
  applyTheme(store.settings.read().theme);
  serve(
    createHandlers({
      context,
      generator,
      dataFolder,
      safety,
      storage,
      housekeeping,
      send,
      onSettings: ({ theme }) => applyTheme(theme),
    }),
    isOurs,
    safety,
  );
  serveScheme({
    app: serveAppPages(path.join(import.meta.dirname, '../renderer')),
    image: serveImages(
      dataFolder,
      (id) => store.messages.imageFile(id) ?? store.userImages.file(id),
      generator.derive,
    ),
  });
  const preload = path.join(import.meta.dirname, '../preload/index.cjs');
  openWindow(pageUrl(), preload).once('ready-to-show', () => {
    housekeeping.start();
    void indexWords(storage);
  });
  recover(context);
  drain();
  setInterval(generator.beat, heartbeatMs);

  app.on('second-instance', focusWindow);
  app.on('activate', () => focusWindow() || openWindow(pageUrl(), preload));
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  app.on('will-quit', () => {
    ending.abort();
    generator.close();
    safety.close();
    try {
      drainBatch(context);
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
  metrics: Metrics,
  onDerived: (derived: DerivedPicture) => void,
): Generator {
  const env = { ...withoutKeys(process.env), AFTERIMAGE_MAIN_PID: String(process.pid) };
  const { painterDelayMs, google } = environment;
  return createGenerator({
    fork: (onMessage, onExit) => forkGenerator(generatorModule, env, onMessage, onExit),
    configuration: () => ({
      type: 'configure',
      dataFolder,
      providers: { painter: { delayMs: painterDelayMs }, google },
    }),
    after: (milliseconds, work) => void setTimeout(work, milliseconds),
    onStart: (milliseconds) => metrics.record('Start the generator', milliseconds),
    onDerived,
  });
}

function createChat(
  environment: Environment,
  store: Store,
  metrics: Metrics,
  generator: Generator,
  onTrouble: (error: unknown) => void,
) {
  const context: ChatContext = {
    store,
    metrics,
    broadcast,
    enqueue: (job) => queue.add(job),
    cancel: (jobId) => queue.cancel(jobId),
    activeProvider: () => chooseProvider(environment, store.settings.read()),
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
    },
    onTrouble,
    later: (work) => void setTimeout(work, tryAgainMs),
    now: context.now,
  });
  return { context, drain };
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
