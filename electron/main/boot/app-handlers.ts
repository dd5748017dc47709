// Handles requests about the app as a whole: its initial state, restarting it, and its notices.
import { shell, type WebContents } from 'electron';
import type { AppStart, appRequests } from '../../../shared/contract/app';
import type { NumberedProvider } from '../../../shared/contract/services';
import { failure, success } from '../../../shared/domain/errors';
import type { ViewState } from '../../../shared/domain/view-state';
import type { WindowPlace } from '../../../shared/domain/windows';
import { conversationPage } from '../chat/conversation-page';
import { openedChat } from '../chat/opened-chat';
import type { Services } from '../config/services';
import type { DataSafety } from '../data-safety/data-safety';
import type { ReadStore } from '../db/open';
import type { InterfaceLanguage } from '../desktop/interface-language';
import type { HandlersOf } from '../ipc/handlers';
import type { Windows } from '../window/windows';
import type { Notices } from './notices';

/**
 * Maximum rows in the first reply. The first paint needs little more than one screenful; the renderer requests the
 * rest later.
 */
const firstConversations = 30;
const firstMessages = 12;

export type AppOptions = {
  store: ReadStore;
  services: Pick<Services, 'describe'>;
  readProvider: () => NumberedProvider;
  language: Pick<InterfaceLanguage, 'languageOf' | 'ofSystem'>;
  safety: Pick<DataSafety, 'dismiss' | 'oldFile'>;
  notices: Pick<Notices, 'state' | 'dismiss'>;
  restart: () => void;
  windows: Pick<Windows, 'placeOf' | 'isTaken' | 'claim'>;
};

export function createAppHandlers({
  store,
  services,
  readProvider,
  language,
  safety,
  notices,
  restart,
  windows,
}: AppOptions): HandlersOf<typeof appRequests> {
  function appStart(sender: WebContents): AppStart {
    const place = windows.placeOf(sender);
    const viewState = { ...store.viewState.read(), ...placeInViewState(place) };
    const opened = openedChat(store, viewState.openChat, {
      isFirst: place === null,
      isTaken: (id) => windows.isTaken(sender, id),
    });
    for (const id of [opened.id, opened.drafts.newChatId]) if (id != null) windows.claim(sender, id);
    const settings = store.settings.read();
    return {
      settings,
      language: language.languageOf(settings.language),
      systemLanguage: language.ofSystem(),
      viewState,
      ...opened.drafts,
      edits: store.drafts.ofEdits(),
      services: services.describe(),
      provider: readProvider(),
      conversations: conversationPage(store, firstConversations),
      current:
        opened.id === undefined
          ? null
          : { conversationId: opened.id, page: store.messages.page(opened.id, null, firstMessages) },
      ...notices.state(),
    };
  }

  return {
    'app:start': (_input, { sender }) => success(appStart(sender)),
    'app:ping': () => success(null),
    'app:restart': () => {
      restart();
      return success(null);
    },
    'notice:dismiss': () => {
      safety.dismiss();
      return success(null);
    },
    'problem:dismiss': ({ kind }) => {
      notices.dismiss(kind);
      return success(null);
    },
    'notice:show-old-file': () => {
      const file = safety.oldFile();
      if (file === null) return failure('not_found');
      shell.showItemInFolder(file);
      return success(null);
    },
  };
}

/** The first window's place is in the view state. Every other window has a place of its own. */
function placeInViewState(place: WindowPlace | null): Partial<ViewState> {
  return place === null ? {} : { openChat: place.openChat, galleryPlace: place.galleryPlace };
}
