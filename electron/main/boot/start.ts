// Puts the app together: one line a step, in order; shutdown in reverse.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { app, session } from 'electron';
import { keyedProviders } from '../../../shared/domain/keys';
import importerModule from '../../generator/importer/index?modulePath';
import type { ChatContext } from '../chat/chat-context';
import { endPrefetch } from '../chat/prefetch-billed';
import { recover } from '../chat/recover';
import { providerAddresses } from '../config/active-provider';
import { keyVault } from '../config/keychain';
import { createSecrets } from '../config/secrets';
import { createSettingsEffects } from '../config/settings-effects';
import { createSystemProxy } from '../config/system-proxy';
import { rememberClosed } from '../db/clean-exit';
import { nativeBinding } from '../db/native-binding';
import { openSafely } from '../db/open-safely';
import { startDesktop } from '../desktop';
import { applySpelling } from '../desktop/spelling';
import { indexWords } from '../gallery/index-words';
import type { Generator } from '../generation/generator-process';
import { createArrivals } from '../generation/unsaved-pictures';
import { startImports } from '../import';
import type { Handlers } from '../ipc/handlers';
import { codeOf } from '../ipc/requests';
import { broadcast, serve, serveOffers } from '../ipc/serve';
import { keepLogs } from '../logging/app-log';
import { keepCrashReports } from '../logging/crash-reports';
import { createMetrics } from '../logging/metrics';
import { drainBatch } from '../outbox/drain';
import { pageAddress, serveAppPages } from '../protocol/app-pages';
import { serveImages } from '../protocol/image-protocol';
import { registerScheme, serveScheme } from '../protocol/scheme';
import { replaceOriginal } from '../storage/replace-original';
import { startUpdates } from '../updates';
import {
  applyTheme,
  defaultWindowSize,
  focusWindow,
  hideWindows,
  minWindowSize,
  openWindow,
} from '../window/window';
import { type Environment, keysOf, readEnvironment } from './environment';
import { createHandlers } from './handlers';
import { createQuit } from './quit';
import { createInbox, handOver } from './single-instance';
import { startChat } from './start-chat';
import { startGenerator } from './start-generator';
import { lookAfterData } from './start-storage';

/** How often the generator is asked for a sign of life. Four times without one, and it is replaced. */
const heartbeatMs = 5_000;
/** The system has so long to say by which proxy to go, before the generator starts without. */
const maxProxyWaitMs = 3_000;

export type BootOptions = {
  /** How a message is answered. Passed in, so that a benchmark can put another order of things in its place. */
  createSend: (context: ChatContext, generator: Generator) => Handlers['chat:send'];
};

/** Starts the app. Rejects only where it cannot run at all; see index.ts for what the user is told then. */
export async function boot({ createSend }: BootOptions): Promise<void> {
  registerScheme();
  const environment = readEnvironment(process.env);
  const dataFolder = useDataFolder(environment);
  if (!app.requestSingleInstanceLock(handOver())) return app.quit();
  const logs = keepLogs(dataFolder);
  keepCrashReports(dataFolder, Object.values(keysOf(environment)).some(Boolean));
  const inbox = createInbox();
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
      void proxy.refresh();
      broadcast('provider:changed', context.activeProvider());
    },
  });
  logs.concealKeys(() => keyedProviders.map(secrets.get));
  const proxy = createSystemProxy({
    reload: () => session.defaultSession.forceReloadProxyConfig(),
    resolve: (url) => session.defaultSession.resolveProxy(url),
    addresses: () => providerAddresses(environment, store.settings.read(), secrets.get),
    onChange: () => generator.configure(),
    every: (milliseconds, work) => void setInterval(work, milliseconds),
  });
  const generator = startGenerator(
    { environment, dataFolder, store, secrets, metrics, proxy },
    {
      // Two processes that start at once take the processor from each other, and the screen is waited for. Without
      // the system's proxy a first request would go where nothing answers.
      whenToStart: (start) =>
        app.once('browser-window-created', (_event, window) =>
          window.once('ready-to-show', () => {
            void Promise.race([proxy.ready(), wait(maxProxyWaitMs)]).then(start);
          }),
        ),
      onNews: (news) => chat.replyStream.hear(news),
      onArrived: arrivals.add,
      onDerived: (derived) => {
        if (replaceOriginal(context, derived)) generator.releaseOriginal(derived.jobId, derived.file);
      },
      onPrefetchEnded: (ended) => endPrefetch(context, ended),
      onDiskFull: () => safety.onFailure('disk_full'),
    },
  );
  const chat = startChat(
    {
      environment,
      dataFolder,
      store,
      secrets,
      metrics,
      generator,
      arrivals,
      logs,
      follow: (event) => desktop.follow(event),
    },
    (error) => safety.onFailure(codeOf(error, safety.isDiskFull)),
  );
  const { context, queue, drain, usage } = chat;
  const care = lookAfterData({ context, generator, database, opened, onRoom: drain });
  const { safety, storage, housekeeping } = care;
  const imports = startImports(storage, importerModule);
  const picturesUnderWay = () => queue.pictures().map(({ job }) => job.jobId);
  const desktop = startDesktop({ dataFolder, store, inbox, imports, picturesUnderWay, toFront });
  const updates = startUpdates(environment, dataFolder);
  const send = createSend(context, generator);
  applyTheme(store.settings.read().theme);
  applySpelling(session.defaultSession, store.settings.read());
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
      desktop,
      updates,
      send,
      restart: inbox.restart,
      onSettings: createSettingsEffects([
        { dependsOn: ['theme'], apply: ({ theme }) => applyTheme(theme) },
        {
          dependsOn: ['checkSpelling'],
          apply: (settings) => applySpelling(session.defaultSession, settings),
        },
        {
          dependsOn: ['addresses', 'allowPrivateAddresses', 'displayQuality'],
          apply: generator.configure,
        },
        {
          dependsOn: ['provider', 'addresses', 'allowPrivateAddresses'],
          apply: () => void proxy.refresh(),
        },
      ]),
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
  const open = () => {
    const window = openWindow(pageUrl(), preload, desktop.windowPlace.read(defaultWindowSize, minWindowSize));
    desktop.attend(window);
    return window;
  };
  function toFront(): void {
    if (!focusWindow()) open();
  }
  open().once('ready-to-show', () => {
    desktop.begin();
    updates.start();
    housekeeping.start();
    void indexWords(storage);
    imports.finishInterrupted().catch(console.error);
  });
  proxy.start();
  drain();
  // What was under way may need a key again.
  secrets
    .load()
    .then(() => recover(context))
    .catch(console.error);
  setInterval(generator.beat, heartbeatMs);

  const quit = createQuit({
    stopBeginning: queue.close,
    ...arrivals,
    hideWindows,
    after: (milliseconds, work) => void setTimeout(work, milliseconds),
    quit: () => app.quit(),
  });
  app.on('second-instance', (_event, _words, _folder, handed) => inbox.receive(handed));
  app.on('activate', toFront);
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  app.on('before-quit', (event) => {
    // Whoever opens it again while it is ending gets a new one.
    inbox.keepForNextStart();
    if (!quit.mayGo()) event.preventDefault();
  });
  app.on('will-quit', () => {
    imports.close();
    care.close();
    generator.close();
    chat.replyStream.keepAll();
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
