// Assembles the app, step by step and in order. shut-down.ts stops it in reverse order.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import type { EndedPrefetch } from '../../../shared/generator/messages';
import downloaderModule from '../../generator/downloader/index?modulePath';
import importerModule from '../../generator/importer/index?modulePath';
import type { ChatContext } from '../chat/chat-context';
import { createReplyStream } from '../chat/reply-stream';
import { type Environment, keysFromEnvironment } from '../config/environment';
import { startDataSafety } from '../data-safety';
import { openSafely } from '../db/open-safely';
import { withoutDictionaries } from '../desktop/apply-spelling';
import { findAppImage } from '../desktop/find-app-image';
import { createInterfaceLanguage } from '../desktop/interface-language';
import { startDesktop } from '../desktop/start-desktop';
import { startEngine } from '../engine/start-engine';
import { type Generator, pingIntervalMs } from '../generation/generator-process';
import { createShowablePictures } from '../generation/showable-pictures';
import { createUnsavedWork } from '../generation/unsaved-work';
import { startImports } from '../import/start-imports';
import { createBroadcaster } from '../ipc/broadcast';
import type { Handlers } from '../ipc/handlers';
import { codeOf } from '../ipc/requests';
import { createTellOthers } from '../ipc/tell-other-windows';
import { startLogging } from '../logging/app-log';
import { startCrashReports } from '../logging/crash-reports';
import { measureHandlers } from '../logging/measure-handlers';
import { createMetrics } from '../logging/metrics';
import { createOutbox } from '../outbox/outbox';
import { registerScheme } from '../protocol/app-scheme';
import { checkLinks, setMissingPictures } from '../storage/check-links';
import { replaceOriginal } from '../storage/replace-original';
import { restoreFromTrash } from '../storage/trash';
import { createTrustedClock } from '../storage/trusted-clock';
import { startUpdates } from '../updates/start-updates';
import { applyBackground } from '../window/open-window';
import { answerAppEvents } from './app-events';
import { applyInitialSettings, createApplySettings } from './apply-settings';
import { connectRooms } from './connect-rooms';
import { databaseIn, useDataFolder } from './data-folder';
import { createEvent } from './event';
import { createHandlers } from './handlers';
import { lockDataFolder } from './lock-data-folder';
import { createNotices } from './notices';
import { createProxyAnswers } from './proxy-answers';
import { createQuit } from './quit';
import { servePage } from './serve-page';
import { createInbox, restartedSwitch } from './single-instance';
import { startAfterPaint } from './start-after-paint';
import { startChat } from './start-chat';
import { startConfig } from './start-config';
import { createEngineSlot } from './start-engine-server';
import { startGalleryWork } from './start-gallery-work';
import { startGenerator } from './start-generator';
import { startHousekeeping } from './start-housekeeping';
import { startMonitor } from './start-monitor';
import { startReading } from './start-reading';
import { startWindows } from './start-windows';
import { timers } from './timers';
import type { UncaughtErrors } from './uncaught-errors';

const { after, every, measuredSoon } = timers;

export type BootOptions = {
  environment: Environment;
  dataFolder: string;
  errors: UncaughtErrors;
  /** Creates the handler of `chat:send`. A benchmark passes one that works in a different order. */
  createSend: (context: ChatContext, generator: Generator) => Handlers['chat:send'];
};

/** Starts the app. Rejects only if it cannot run at all; run-app.ts tells the user why. */
export async function boot({ environment, dataFolder, errors, createSend }: BootOptions): Promise<void> {
  registerScheme();
  useDataFolder(dataFolder);
  if (!lockDataFolder(dataFolder)) return app.quit();
  const logs = startLogging(dataFolder);
  errors.logTo(logs.record);
  startCrashReports(dataFolder, keysFromEnvironment(environment).size > 0);
  const inbox = createInbox();
  const metrics = createMetrics();
  const { longTasks, work } = startMonitor();
  // Opened here because Chromium's other processes start meanwhile; later, the page would have to wait for it.
  const database = databaseIn(dataFolder);
  const opened = openSafely(database);
  const { store } = opened;
  app.on('session-created', withoutDictionaries);
  await app.whenReady();

  const broadcaster = createBroadcaster();
  const { broadcast, sendTo } = broadcaster;
  const { windows, openFirst, windowOpened, firstWindowChanged, onPainted } = startWindows({
    dataFolder,
    onFailure: errors.fail,
    onChats: (page, elsewhere) => sendTo(page, 'windows:chats', { elsewhere }),
  });
  const serveRest = servePage();
  // Do not await anything before serveRest(): handlers must be in place for the page's first request, and a failure
  // must end the start before the window shows.
  const { firstWindow, afterFirstPaint, whenFirstShows } = openFirst();
  const reader = startReading(database, store);

  const ending = new AbortController();
  const keysChanged = createEvent();
  const dataChanged = createEvent();
  const prefetchEnded = createEvent<EndedPrefetch>();
  const smallVersionsMade = createEvent<string>();

  const onWriteError = (error: unknown) => safety.onFailure(codeOf(error, safety.isDiskFull));
  const outbox = createOutbox({ store, broadcast, metrics }, measuredSoon(work, 'Outbox'), {
    after,
    onWriteError,
  });
  const safety = startDataSafety({
    ...database,
    ...opened,
    broadcast,
    onSpaceFreed: outbox.schedule,
    onState: () => dataChanged.emit(),
  });
  const notices = createNotices({
    readData: safety.state,
    onChange: (state) => broadcast('app:notice', state),
  });
  const engineServer = createEngineSlot();
  const { services, secrets, proxy, proxyLogins } = startConfig(
    { environment, dataFolder, store, logs, engine: engineServer.presence },
    {
      onKeys: keysChanged.emit,
      onKeysUnreadable: (movedTo) => notices.add({ kind: 'keys_unreadable', movedTo }),
      onServicesUnreadable: (reason) => notices.add({ kind: 'services_unreadable', reason }),
      onProxyQuestion: (question) => broadcast('proxy:asked', { question }),
    },
  );
  const clock = createTrustedClock({ dataFolder, now: Date.now, newestTime: store.purge.newestTime });
  const unsavedWork = createUnsavedWork();
  const replyStream = createReplyStream({ store, broadcast, now: Date.now }, { after, onWriteError });
  const showable = createShowablePictures(broadcast);
  const generator = startGenerator(
    {
      ...{ environment, dataFolder, store, services, secrets, metrics, longTasks, proxy, proxyLogins },
      ...{ firstWindow, afterFirstPaint },
    },
    {
      onJobUpdate: replyStream.receive,
      onShowable: showable.receive,
      onArrived: unsavedWork.add,
      onAnnounced: showable.announce,
      onJobEnd: showable.end,
      onDerived: (derived) => replaceOriginal(store, outbox, derived),
      onSmallVersions: smallVersionsMade.emit,
      onPrefetchEnded: prefetchEnded.emit,
      onDiskFull: () => safety.onFailure('disk_full'),
    },
  );
  const chat = startChat({
    ...{ environment, store, services, secrets, metrics, longTasks, broadcast, outbox, replyStream },
    ...{ unsavedWork, logs },
    generator: engineServer.generatorWith(generator),
    onWriteError,
    world: {
      now: Date.now,
      deletionTime: clock.deletionTime,
      random: Math.random,
      hasFile: (file) => existsSync(path.join(dataFolder, file)),
      after,
      later: measuredSoon(work, 'Dispatcher'),
    },
  });
  const { context, dispatcher } = chat;
  const { storage, housekeeping } = startHousekeeping(
    {
      ...{ store, broadcast, dataFolder, generator, clock },
      ...{ adopt: dispatcher.adopt, isHeld: chat.isHeld, now: Date.now, signal: ending.signal },
    },
    safety,
  );
  const imports = startImports(
    { ...storage, version: app.getVersion(), restore: (imageId) => restoreFromTrash(storage, imageId).ok },
    importerModule,
    { beforeImport: outbox.drainAll, afterLook: (folder) => checkLinks(storage, folder) },
  );
  const { fingerprintReading, indexing } = startGalleryWork({ storage, generator, imports });
  const desktop = startDesktop({
    dataFolder,
    store,
    sendTo,
    openInbox: inbox.open,
    offerFiles: imports.offer,
    windows,
  });
  const language = createInterfaceLanguage({
    ofThisRun: environment.language,
    preferred: () => app.getPreferredSystemLanguages(),
    onChange(code) {
      desktop.refreshMenu();
      generator.configure();
      broadcast('app:language', { language: code });
    },
  });
  const appImage = findAppImage(process.env, process.execPath);
  const mayCheck = () => store.settings.read().checkForUpdates;
  const updates = startUpdates({ environment, dataFolder, appImage, broadcast, proxyLogins, mayCheck });
  const engine = startEngine({
    environment,
    dataFolder,
    broadcast,
    downloaderModule,
    answerProxyQuestion: createProxyAnswers({ proxy, proxyLogins }),
    findProxy: proxy.find,
    createServer: (host) =>
      engineServer.start(host, {
        dataFolder,
        services,
        generator,
        broadcast,
        onProgress: replyStream.receive,
      }),
    onReady: desktop.notifyModelReady,
    after,
  });
  const handlers = createHandlers({
    ...{ chat, language, longTasks, outbox, generator, safety, notices, storage, housekeeping },
    ...{
      fingerprintReading,
      indexing,
      services,
      secrets,
      proxyLogins,
      imports,
      desktop,
      updates,
      engine,
      windows,
    },
    reads: reader.reads,
    send: createSend(context, generator),
    probe: engineServer.probeWith(generator),
    restart: () => inbox.restart(),
    onPainted,
    setOwner: broadcaster.setOwner,
    onSettings: createApplySettings({ generator, language }),
  });
  const quit = createQuit({
    closeQueue: dispatcher.close,
    ...unsavedWork,
    hideWindows: windows.hide,
    after,
    quit: () => app.quit(),
    maxWaitMs: environment.quitWaitMs,
  });

  connectRooms(
    {
      keysChanged,
      dataChanged,
      prefetchEnded,
      smallVersionsMade,
      windowOpened,
      firstWindowChanged: firstWindowChanged,
    },
    { broadcaster, store, notices, generator, services, chat, desktop, fingerprintReading, indexing },
  );
  desktop.attachWindow(firstWindow);

  const settings = store.settings.read();
  applyInitialSettings(settings);
  void language.apply(settings.language).catch(console.error);
  applyBackground(firstWindow);
  const measured = measureHandlers(handlers, work);
  const tellOthers = createTellOthers(broadcaster);
  serveRest({
    ...{
      handlers: measured,
      imports,
      safety,
      unsavedWork,
      tellOthers,
      dataFolder,
      store,
      showable,
      generator,
    },
    onMissingLink: (imageId) => setMissingPictures(storage, [imageId]),
  });
  whenFirstShows(() =>
    errors.startRecovering({
      codeOf: (error) => codeOf(error, safety.isDiskFull),
      onFailure: safety.onFailure,
      notify: () => notices.add({ kind: 'unexpected_error' }),
      restart: () => inbox.restart(restartedSwitch),
    }),
  );
  afterFirstPaint(() =>
    startAfterPaint({
      ...{ reader, desktop, updates, engine, housekeeping, indexing, imports, fingerprintReading },
    }),
  );
  engineServer.publish();
  outbox.schedule();
  chat.suggestions.recover();
  dispatcher.open();
  // Called even if the keys cannot be loaded: requests then fail with a reason instead of waiting forever.
  void secrets.load().catch(console.error).then(chat.onKeysLoaded);
  every(pingIntervalMs, generator.ping);

  answerAppEvents({
    ...{ inbox, windows, quit },
    running: {
      ...{ timers, imports, engine, reader, ending, generator, engineServer, replyStream, dispatcher },
      ...{ safety, outbox },
      store,
      clock: storage.clock,
      databaseFile: database.file,
    },
  });
}
