// Opens other windows, and reports to the main process what this one shows.
import { create } from 'zustand';
import type { NewWindow } from '../../shared/domain/windows';
import { request } from '../ipc';
import { toast } from '../ui/toasts';
import { useChat } from './chat/chat-store';
import { draftSaverOf } from './composer/keep-draft';
import { useView } from './navigation';

/** The chats that other windows show. */
export const useElsewhere = create<{ ids: ReadonlySet<string> }>()(() => ({ ids: new Set() }));

/** Opens a window. A chat that is open in this window moves to the new one, and a new chat replaces it here. */
export async function openInNewWindow(place: NewWindow): Promise<void> {
  const isOpenHere = () => place.kind === 'chat' && useChat.getState().currentId === place.conversationId;
  // The new window reads the saved draft.
  if (place.kind === 'chat' && isOpenHere()) await draftSaverOf(place.conversationId).flush();
  const reply = await request('windows:open', { place });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
  else if (isOpenHere()) useChat.getState().newChat();
}

/** Starts reporting the shown chat and view. Call it after startDraft(), so that a draft is saved first. */
export function reportPlace(): void {
  const reportChat = () => {
    const { currentId, newChatId } = useChat.getState();
    void request('windows:chat-shown', { openChat: currentId, newChat: newChatId });
  };
  useChat.subscribe((now, before) => {
    if (now.currentId !== before.currentId || now.newChatId !== before.newChatId) reportChat();
  });
  useView.subscribe(({ view }, before) => {
    if (view !== before.view) void request('windows:view-shown', { view });
  });
  reportChat();
}
