// Answers requests to open windows, and to show chats in them.
import type { WebContents } from 'electron';
import type { windowRequests } from '../../../shared/contract/windows';
import { failure, success } from '../../../shared/domain/errors';
import type { Store } from '../db/open';
import type { HandlersOf } from '../ipc/handlers';
import type { Windows } from '../window/windows';

export type WindowHandlerOptions = {
  store: Pick<Store, 'conversations' | 'viewState' | 'batch'>;
  windows: Pick<Windows, 'open' | 'claim' | 'noteChats' | 'placeOf' | 'note' | 'showing'>;
  /** Brings the window that has a chat to the front, at a message if one is named. */
  goTo: (conversationId: string, messageId: string | null) => void;
  /** Called when the first content of a page is on screen. */
  onPainted: (page: WebContents) => void;
};

export function createWindowHandlers({
  store,
  windows,
  goTo,
  onPainted,
}: WindowHandlerOptions): HandlersOf<typeof windowRequests> {
  return {
    'windows:open': ({ place }, { sender }) => {
      if (place.kind === 'gallery') return windows.open({ view: 'gallery' }, sender);
      if (place.kind === 'new-chat') return windows.open({}, sender);
      const { conversationId } = place;
      if (!store.conversations.find(conversationId)) return failure('not_found');
      const shown = windows.showing(conversationId);
      if (!shown || shown.webContents === sender) return windows.open({ openChat: conversationId }, sender);
      goTo(conversationId, null);
      return success(null);
    },
    'windows:claim-chat': ({ conversationId }, { sender }) =>
      success({ isHere: windows.claim(sender, conversationId) }),
    'windows:go-to-chat': ({ conversationId, messageId }) => {
      goTo(conversationId, messageId);
      return success(null);
    },
    'windows:chat-shown': ({ openChat, newChat }, { sender }) => {
      windows.noteChats(sender, openChat, newChat);
      windows.note(sender, { openChat });
      if (windows.placeOf(sender) === null) store.batch(() => store.viewState.write({ openChat }));
      return success(null);
    },
    'windows:painted': (_input, { sender }) => {
      onPainted(sender);
      return success(null);
    },
    'windows:view-shown': ({ view }, { sender }) => {
      windows.note(sender, { view });
      return success(null);
    },
  };
}
