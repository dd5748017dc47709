// The contract, implemented: from the name of a request to what answers it.
import path from 'node:path';
import { app, BrowserWindow, dialog, shell } from 'electron';
import { failure, type Result, success } from '../../shared/errors';
import { type AppStart, type Conversation, messagesPerPage } from '../../shared/ipc';
import type { Settings } from '../../shared/settings';
import type { ChatContext } from './chat/chat-context';
import { cancel, retry } from './chat/second-thoughts';
import type { DataSafety } from './data-safety/data-safety';
import { readDiagnostics } from './diagnostics';
import { copyWithRecipe } from './export/copy-with-recipe';
import type { ExportedRecipe } from './export/xmp';
import { createCollectionHandlers } from './gallery/collection-handlers';
import { createGalleryActions } from './gallery/gallery-actions';
import { createGalleryHandlers } from './gallery/gallery-handlers';
import type { Generator } from './generation/generator-process';
import type { Handlers } from './ipc';
import type { Housekeeping } from './storage/housekeeping';
import type { StorageContext } from './storage/storage-context';
import { createStorageHandlers } from './storage/storage-handlers';

export type HandlerOptions = {
  context: ChatContext;
  generator: Generator;
  dataFolder: string;
  safety: DataSafety;
  storage: StorageContext;
  housekeeping: Housekeeping;
  send: Handlers['chat:send'];
  onSettings: (settings: Settings) => void;
};

/** How many conversations the sidebar starts with. */
const firstConversations = 100;

export function createHandlers({
  context,
  generator,
  dataFolder,
  safety,
  storage,
  housekeeping,
  send,
  onSettings,
}: HandlerOptions): Handlers {
  const { store, metrics } = context;

  function imagePath(imageId: string): string | undefined {
    const file = store.messages.imageFile(imageId) ?? store.userImages.file(imageId);
    return file === undefined ? undefined : path.join(dataFolder, file);
  }

  function recipeOf(imageId: string): ExportedRecipe | null {
    const message = store.messages.find(imageId);
    if (message?.kind !== 'image') return null;
    const { prompt, provider, model, params, createdAt } = message;
    return { prompt, provider, model, params, createdAt };
  }

  function change(conversationId: string, work: () => void): Result<Conversation> {
    const conversation = store.transaction(() => {
      const before = store.conversations.find(conversationId);
      if (before) work();
      // One that has just been deleted is not found any more: then it is as it was before.
      return store.conversations.find(conversationId) ?? before;
    });
    return conversation ? success(conversation) : failure('not_found');
  }

  function restore(conversationId: string): Result<Conversation> {
    store.transaction(() => store.conversations.restore(conversationId));
    const conversation = store.conversations.find(conversationId);
    return conversation ? success(conversation) : failure('not_found');
  }

  function conversationPage(limit: number) {
    const found = store.conversations.newest(limit + 1);
    return { conversations: found.slice(0, limit), hasMore: found.length > limit };
  }

  function appStart(): AppStart {
    const latest = store.conversations.latestId();
    return {
      settings: store.settings.read(),
      provider: context.activeProvider(),
      conversations: conversationPage(firstConversations),
      current: latest
        ? { conversationId: latest, page: store.messages.page(latest, null, messagesPerPage) }
        : null,
      ...safety.state(),
    };
  }

  return {
    ...createStorageHandlers(storage, housekeeping, context),
    ...createGalleryHandlers(store),
    ...createCollectionHandlers(context),
    ...createGalleryActions(storage, context),
    'app:start': () => success(appStart()),
    'app:ping': () => success(null),
    'chat:send': async (input, caller) => {
      const started = performance.now();
      const reply = await send(input, caller);
      metrics.record('Answer a message', performance.now() - started);
      return reply;
    },
    'messages:list': ({ conversationId, before }) =>
      success(store.messages.page(conversationId, before, messagesPerPage)),
    'messages:retry': ({ messageId }) => retry(context, messageId),
    'messages:cancel': ({ messageId }) => cancel(context, messageId),
    'conversations:list': ({ limit }) => success(conversationPage(limit)),
    'conversations:rename': ({ conversationId, title }) =>
      change(conversationId, () => store.conversations.rename(conversationId, title)),
    'conversations:pin': ({ conversationId, pinned }) =>
      change(conversationId, () => store.conversations.pin(conversationId, pinned)),
    'conversations:delete': ({ conversationId }) =>
      change(conversationId, () => store.conversations.delete(conversationId, context.now())),
    'conversations:restore': ({ conversationId }) => restore(conversationId),
    'images:save-copy': async ({ imageId }, caller) => {
      const source = imagePath(imageId);
      if (!source) return failure('not_found');
      const window = BrowserWindow.fromWebContents(caller.sender);
      const options = { defaultPath: path.join(app.getPath('pictures'), path.basename(source)) };
      const chosen = window
        ? await dialog.showSaveDialog(window, options)
        : await dialog.showSaveDialog(options);
      if (chosen.canceled || !chosen.filePath) return success(null);
      return copyWithRecipe(source, chosen.filePath, recipeOf(imageId));
    },
    'images:show-in-folder': ({ imageId }) => {
      const file = imagePath(imageId);
      if (!file) return failure('not_found');
      shell.showItemInFolder(file);
      return success(null);
    },
    'settings:set': (changes) => {
      store.transaction(() => store.settings.write(changes));
      const settings = store.settings.read();
      onSettings(settings);
      return success({ settings, provider: context.activeProvider() });
    },
    'diagnostics:read': () =>
      success(readDiagnostics(context, generator.status(), dataFolder, housekeeping.lastReconciled())),
    'notice:dismiss': () => {
      safety.dismiss();
      return success(null);
    },
    'notice:show-old-file': () => {
      const file = safety.oldFile();
      if (file === null) return failure('not_found');
      shell.showItemInFolder(file);
      return success(null);
    },
    'app:restart': () => {
      app.relaunch();
      app.quit();
      return success(null);
    },
  };
}
