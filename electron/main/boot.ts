// Puts the app together: one line a step, in order; shutdown in reverse.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import generatorModule from '../generator/index?modulePath';
import { chooseProvider } from './active-provider';
import { pageAddress, serveAppPages } from './app-pages';
import { begin } from './chat/begin';
import type { ChatContext } from './chat/chat-context';
import { createDrain, drainBatch } from './chat/drain-outbox';
import { createPatientSettle } from './chat/patient-settle';
import { recover } from './chat/recover';
import { startDataSafety } from './data-safety';
import { rememberClosed } from './db/clean-exit';
import { nativeBinding } from './db/native-binding';
import type { Store } from './db/open';
import { openSafely } from './db/open-safely';
import { type Environment, readEnvironment, withoutKeys } from './environment';
import { forkGenerator } from './generation/fork-generator';
import { createGenerator, type Generator } from './generation/generator-process';
import { createQueue } from './generation/queue';
import { createHandlers } from './handlers';
import { serveImages } from './image-protocol';
import { broadcast, type Handlers, serve } from './ipc';
import { createMetrics, type Metrics } from './metrics';
import { registerScheme, serveScheme } from './protocol';
import { codeOf } from './requests';
import { applyTheme, focusWindow, openWindow } from './window';

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

  const generator = startGenerator(environment, dataFolder, metrics);
  const { context, drain, resume } = createChat(environment, store, metrics, generator, (error) =>
    safety.onFailure(codeOf(error, safety.isDiskFull)),
  );
  const send = createSend(context, generator);
  const safety = startDataSafety({ ...database, ...opened, broadcast, onRoom: resume });
  applyTheme(store.settings.read().theme);
  serve(
    createHandlers({
      context,
      generator,
      dataFolder,
      safety,
      send,
      onSettings: ({ theme }) => applyTheme(theme),
    }),
    isOurs,
    safety,
  );
  serveScheme({
    app: serveAppPages(path.join(import.meta.dirname, '../renderer')),
    image: serveImages(dataFolder, (id) => store.messages.imageFile(id) ?? store.userImages.file(id)),
  });
  const preload = path.join(import.meta.dirname, '../preload/index.cjs');
  openWindow(pageUrl(), preload);
  recover(context);
  drain();

  app.on('second-instance', focusWindow);
  app.on('activate', () => focusWindow() || openWindow(pageUrl(), preload));
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  app.on('will-quit', () => {
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

function startGenerator(environment: Environment, dataFolder: string, metrics: Metrics): Generator {
  const env = withoutKeys(process.env);
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
  const settling = createPatientSettle(context, onTrouble);
  const queue = createQueue({
    run: generator.run,
    stop: generator.stop,
    onStart: (job) => settling.attempt(() => begin(context, job.jobId)),
    onEnd: (job, outcome, requestedAt) => {
      if (settling.settle({ job, outcome, requestedAt })) drain();
    },
    now: context.now,
  });
  /** Once there is room on the disk again: what could not be written is, and what waited goes on. */
  function resume(): void {
    settling.retry();
    drain();
  }
  return { context, drain, resume };
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
