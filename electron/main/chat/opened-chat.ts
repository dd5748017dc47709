// Decides which conversation a window shows first, and whose draft belongs to its new chat.
import { type Draft, isEmptyDraft } from '../../../shared/domain/draft';
import type { ReadStore } from '../db/open';

export type OpenedChat = {
  /** Undefined for a new chat. */
  id: string | undefined;
  drafts: { drafts: Record<string, Draft>; newChatId: string | null };
};

export type WindowChats = { isFirst: boolean; isTaken: (conversationId: string) => boolean };

/**
 * Returns the conversation that was last on screen, else the one used last. A new chat is shown again only if it has
 * an unsent text.
 *
 * @param openChat what was on screen last.
 * @param others says which conversations belong to other windows; `isFirst` whether a window that had none open shows
 *   the one that was used last.
 */
export function openedChat(
  { conversations, drafts }: Pick<ReadStore, 'conversations' | 'drafts'>,
  openChat: string | null,
  { isFirst, isTaken }: WindowChats = { isFirst: true, isTaken: () => false },
): OpenedChat {
  const all = drafts.all();
  const known = {
    drafts: Object.fromEntries(all.map(({ conversationId, draft }) => [conversationId, draft])),
  };
  const ofNewChats = all.filter(({ isNewChat, conversationId }) => isNewChat && !isTaken(conversationId));
  const unsent = ofNewChats.filter(({ draft }) => !isEmptyDraft(draft));
  const written = unsent.find(({ conversationId }) => conversationId === openChat);
  // A new chat without a text may have choices, such as a model.
  const newChatId = (written ?? unsent.at(-1) ?? ofNewChats.at(-1))?.conversationId ?? null;
  const latest = isFirst ? freeOf(conversations.latestId()) : undefined;
  const opened = openChat === null ? undefined : freeOf(conversations.find(openChat)?.id);
  return { id: written ? undefined : (opened ?? latest), drafts: { ...known, newChatId } };

  function freeOf(id: string | undefined): string | undefined {
    return id === undefined || isTaken(id) ? undefined : id;
  }
}
