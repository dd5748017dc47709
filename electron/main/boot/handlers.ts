// Joins the handlers of every room into the one object that answers the contract.
import path from 'node:path';
import * as electron from 'electron';
import { app, clipboard, nativeImage } from 'electron';
import type { Result } from '../../../shared/domain/errors';
import type { LongTasks } from '../../../shared/domain/long-tasks';
import type { Settings } from '../../../shared/domain/settings';
import { t } from '../../../shared/languages/translate';
import { createChatHandlers } from '../chat/chat-handlers';
import { createDraftHandlers } from '../chat/draft-handlers';
import type { ProxyLogins } from '../config/proxy-logins';
import type { Secrets } from '../config/secrets';
import { createServiceHandlers, type ServiceProbe } from '../config/service-handlers';
import type { Services } from '../config/services';
import { createSettingsHandlers } from '../config/settings-handlers';
import { createStyleHandlers } from '../config/style-handlers';
import { createViewStateHandlers } from '../config/view-state-handlers';
import { createWorkflowHandlers } from '../config/workflow-handlers';
import type { DataSafety } from '../data-safety/data-safety';
import type { ReadFunctions } from '../db/read';
import type { InterfaceLanguage } from '../desktop/interface-language';
import type { Desktop } from '../desktop/start-desktop';
import { createWindowHandlers } from '../desktop/window-handlers';
import { createEditHandlers } from '../edits/edit-handlers';
import type { StartedEngine } from '../engine/start-engine';
import { dialogFilters } from '../export/copy-format';
import { writeDragCopies } from '../export/drag-copies';
import { createExportHandlers } from '../export/export-handlers';
import { copyName, saveCopy } from '../export/save-copy';
import { createCollectionHandlers } from '../gallery/collection-handlers';
import { createGalleryHandlers } from '../gallery/gallery-handlers';
import { type Indexing, indexMessages } from '../gallery/index-search-words';
import type { FingerprintReading } from '../gallery/read-fingerprints';
import type { Generator } from '../generation/generator-process';
import { createUsageHandlers } from '../generation/usage-handlers';
import { createImportHandlers } from '../import/import-handlers';
import type { Imports } from '../import/imports';
import { createFolderHandlers } from '../import/watched/folder-handlers';
import type { Broadcaster } from '../ipc/broadcast';
import type { Handlers } from '../ipc/handlers';
import { createDiagnosticsHandlers } from '../logging/diagnostics-handlers';
import type { Outbox } from '../outbox/outbox';
import type { Housekeeping } from '../storage/housekeeping';
import { createPictureClipboard } from '../storage/picture-clipboard';
import { createPictureHandlers } from '../storage/picture-handlers';
import type { StorageContext } from '../storage/storage-context';
import { createTrashHandlers } from '../storage/trash-handlers';
import { createSuggestionHandlers } from '../suggestions/suggestion-handlers';
import type { Updates } from '../updates/start-updates';
import { showSaveDialog } from '../window/dialogs';
import type { Windows } from '../window/windows';
import { createAppHandlers } from './app-handlers';
import type { Notices } from './notices';
import type { reads } from './reads';
import type { Chat } from './start-chat';

export type Rooms = {
  chat: Chat;
  /** Reads that run on the reader thread. */
  reads: ReadFunctions<typeof reads>;
  language: InterfaceLanguage;
  longTasks: Pick<LongTasks, 'summary'>;
  send: Handlers['chat:send'];
  outbox: Outbox;
  generator: Generator;
  safety: DataSafety;
  notices: Notices;
  storage: StorageContext;
  housekeeping: Housekeeping;
  services: Services;
  secrets: Secrets;
  proxyLogins: ProxyLogins;
  imports: Imports;
  desktop: Desktop;
  updates: Updates;
  fingerprintReading: FingerprintReading;
  indexing: Indexing;
  engine: StartedEngine;
  /** Tests a service and lists its models; generates nothing. */
  probe: ServiceProbe;
  restart: () => void;
  windows: Windows;
  /** Called when the first content of a page is on screen. */
  onPainted: (page: electron.WebContents) => void;
  setOwner: Broadcaster['setOwner'];
  onSettings: (settings: Settings, before: Settings) => void;
};

export function createHandlers(rooms: Rooms): Handlers {
  const { chat, reads, outbox, generator, safety, notices, storage, housekeeping, services, secrets } = rooms;
  const { context, usage, readProvider, serviceChecks } = chat;
  const { metrics } = context;
  const { store, dataFolder, now } = storage;
  return {
    ...createAppHandlers({
      store,
      services,
      readProvider,
      language: rooms.language,
      safety,
      notices,
      restart: rooms.restart,
      windows: rooms.windows,
    }),
    ...createChatHandlers(context, rooms.send),
    'conversations:list': reads.conversations,
    'conversations:search': (input) => {
      // Indexes messages written since the last search. Never throws, so that a full disk does not prevent a search.
      indexMessages(store);
      return reads.foundConversations(input);
    },
    'conversations:covers': reads.conversationCovers,
    ...createCollectionHandlers({ store, outbox, now, clock: storage.clock }),
    'collections:list': reads.collections,
    ...rooms.desktop.handlers,
    ...createDiagnosticsHandlers({
      dataFolder,
      sqliteVersion: store.sqliteVersion,
      metrics,
      longTasks: rooms.longTasks,
      readGenerator: generator.status,
      readCounts: () => reads.rowCounts({}),
      readReconciled: housekeeping.lastReconciled,
    }),
    ...createDraftHandlers(store),
    ...createEditHandlers({ ...storage, outbox, generator }),
    ...rooms.engine.handlers,
    ...createExportHandlers(
      {
        ...storage,
        onArchiveImported(before) {
          services.reload();
          rooms.onSettings(store.settings.read(), before);
        },
      },
      outbox,
      (page) => rooms.setOwner('export:progress', page),
    ),
    ...createFolderHandlers(rooms.imports.watchedFolders),
    ...createGalleryHandlers(reads, { ...storage, reading: rooms.fingerprintReading }),
    ...createImportHandlers(rooms.imports, (page) => rooms.setOwner('import:progress', page)),
    ...createPictureHandlers({
      context: storage,
      outbox,
      saveCopy: (imageId, source, target) => saveCopy(storage, imageId, source, target),
      dialogFilters,
      writeDragCopies: (imageIds) => writeDragCopies(store, dataFolder, imageIds),
      putOnClipboard: createPictureClipboard({
        clipboard,
        createImage: (png) => nativeImage.createFromBuffer(png),
        createItem: (png) => new electron.ClipboardItem({ 'image/png': png }),
      }),
      copyName: (imageId) => copyName(store, imageId),
    }),
    ...rooms.proxyLogins.handlers,
    ...createServiceHandlers(services, secrets, rooms.probe, serviceChecks, {
      broadcast: context.broadcast,
      onModels: () => context.broadcast('provider:changed', readProvider()),
      onNames: rooms.indexing.wake,
    }),
    ...createSettingsHandlers({ store, readProvider, services, onChange: rooms.onSettings }),
    ...createStyleHandlers({ store, chooseFile: (sender) => chooseStyleFile(sender, storage.dataFolder) }),
    'styles:list': reads.styles,
    ...createSuggestionHandlers(chat.suggestions),
    ...createTrashHandlers(storage, housekeeping, reads),
    ...rooms.updates.handlers,
    ...createUsageHandlers(usage, reads),
    ...createViewStateHandlers({
      store,
      notePlace(sender, place) {
        rooms.windows.note(sender, place);
        return rooms.windows.placeOf(sender) === null;
      },
    }),
    ...createWindowHandlers({
      store,
      windows: rooms.windows,
      goTo: rooms.desktop.goTo,
      onPainted: rooms.onPainted,
    }),
    ...createWorkflowHandlers({
      store,
      services,
      listFiles: generator.listFiles,
      onChange: generator.configure,
    }),
  };
}

function chooseStyleFile(sender: Electron.WebContents, dataFolder: string): Promise<Result<string | null>> {
  const name = t('styles.export_name');
  const options = {
    title: t('styles.export_title'),
    defaultPath: path.join(app.getPath('documents'), `${name}.json`),
    filters: [{ name: 'JSON', extensions: ['json'] }],
  };
  return showSaveDialog(sender, options, dataFolder);
}
