// The contract, implemented: from the name of a request to what answers it.
import path from 'node:path';
import { app, BrowserWindow, dialog, shell } from 'electron';
import type { AppStart } from '../../../shared/contract/app';
import { messagesPerMark, messagesPerPage } from '../../../shared/contract/chat';
import type { Conversation } from '../../../shared/domain/conversations';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { refuseSettings, type Settings } from '../../../shared/domain/settings';
import type { ChatContext } from '../chat/chat-context';
import { prefetch } from '../chat/prefetch';
import { cancel, retry } from '../chat/retry-and-cancel';
import { createProviderHandlers } from '../config/provider-handlers';
import type { Secrets } from '../config/secrets';
import type { DataSafety } from '../data-safety/data-safety';
import type { Desktop } from '../desktop';
import { copyWithRecipe } from '../export/copy-with-recipe';
import { recipeOf } from '../export/recipe-of';
import { createCollectionHandlers } from '../gallery/collection-handlers';
import { createGalleryActions } from '../gallery/gallery-actions';
import { createGalleryHandlers } from '../gallery/gallery-handlers';
import type { Generator } from '../generation/generator-process';
import type { UsageReader } from '../generation/usage';
import type { Imports } from '../import/imports';
import type { Handlers } from '../ipc/handlers';
import { readDiagnostics } from '../logging/diagnostics';
import type { Housekeeping } from '../storage/housekeeping';
import type { StorageContext } from '../storage/storage-context';
import { createStorageHandlers } from '../storage/storage-handlers';
import type { startUpdates } from '../updates';

export type HandlerOptions = {
  context: ChatContext;
  generator: Generator;
  dataFolder: string;
  safety: DataSafety;
  storage: StorageContext;
  housekeeping: Housekeeping;
  usage: UsageReader;
  secrets: Secrets;
  imports: Imports;
  desktop: Desktop;
  updates: Pick<ReturnType<typeof startUpdates>, 'handlers'>;
  send: Handlers['chat:send'];
  restart: () => void;
  onSettings: (settings: Settings, before: Settings) => void;
};

/** The first paint waits for little more than fits on a screen; the screen asks for more by itself. */
const firstConversations = 30;
const firstMessages = 12;
/** Few milliseconds of work. */
const messagesPerMapPiece = 512 * messagesPerMark;

export function createHandlers({
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
  restart,
  onSettings,
}: HandlerOptions): Handlers {
  const { store, metrics } = context;

  function imagePath(imageId: string): string | undefined {
    const file = store.messages.imageFile(imageId) ?? store.userImages.file(imageId);
    return file === undefined ? undefined : path.join(dataFolder, file);
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
      viewState: store.viewState.read(),
      provider: context.activeProvider(),
      conversations: conversationPage(firstConversations),
      current: latest
        ? { conversationId: latest, page: store.messages.page(latest, null, firstMessages) }
        : null,
      ...safety.state(),
    };
  }

  return {
    ...createProviderHandlers(secrets, generator),
    ...createStorageHandlers(storage, housekeeping, context),
    ...imports.handlers,
    ...createGalleryHandlers(store),
    ...createCollectionHandlers(context),
    ...createGalleryActions(storage, context),
    ...desktop.handlers,
    ...updates.handlers,
    'app:start': () => success(appStart()),
    'app:ping': () => success(null),
    'chat:send': async (input, caller) => {
      const started = performance.now();
      const reply = await send(input, caller);
      metrics.record('Answer a message', performance.now() - started);
      return reply;
    },
    'chat:prefetch': (input) => {
      prefetch(context, input);
      return success(null);
    },
    'chat:stop-prefetch': () => {
      context.prefetch.stop();
      return success(null);
    },
    'messages:list': ({ conversationId, before, limit = messagesPerPage }) =>
      success(store.messages.page(conversationId, before, limit)),
    'messages:list-after': ({ conversationId, after, limit }) =>
      success(store.messages.pageAfter(conversationId, after ?? '', limit)),
    'messages:map': ({ conversationId, after }) =>
      success(store.messages.map(conversationId, after ?? '', messagesPerMapPiece)),
    'messages:find': ({ messageId }) => {
      const message = store.messages.find(messageId);
      return message && store.conversations.find(message.conversationId)
        ? success(message)
        : failure('not_found');
    },
    'messages:retry': ({ messageId }) => retry(context, messageId),
    'messages:cancel': ({ messageId }) => cancel(context, messageId),
    'links:open': ({ url }) =>
      shell.openExternal(url).then(
        () => success(null),
        () => failure('link_not_opened'),
      ),
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
      const { embedRecipes } = store.settings.read();
      return copyWithRecipe(source, chosen.filePath, embedRecipes ? recipeOf(store, imageId) : null);
    },
    'images:show-in-folder': ({ imageId }) => {
      const file = imagePath(imageId);
      if (!file) return failure('not_found');
      shell.showItemInFolder(file);
      return success(null);
    },
    'settings:set': (changes) => {
      const before = store.settings.read();
      const refused = refuseSettings({
        addresses: changes.addresses ?? before.addresses,
        allowPrivateAddresses: changes.allowPrivateAddresses ?? before.allowPrivateAddresses,
      });
      if (refused !== null) return failure(refused);
      store.transaction(() => store.settings.write(changes));
      const settings = store.settings.read();
      onSettings(settings, before);
      return success({ settings, provider: context.activeProvider() });
    },
    'view-state:set': (changes) => {
      store.batch(() => store.viewState.write(changes));
      return success(null);
    },
    'diagnostics:read': () =>
      success(readDiagnostics(context, generator.status(), dataFolder, housekeeping.lastReconciled())),
    'usage:read': () => success(usage.read()),
    'usage:estimate': ({ provider, model, resolution }) =>
      success(usage.estimate(provider, model, resolution)),
    'usage:costs': () => success(usage.costs()),
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
      restart();
      return success(null);
    },
  };
}
