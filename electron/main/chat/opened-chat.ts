// Decides which conversation a start shows, and whose draft belongs to a new chat.
import { type Draft, isEmptyDraft } from '../../../shared/domain/draft';
import type { ReadStore } from '../db/open';

export type OpenedChat = {
  /** Undefined: the new chat. */
  id: string | undefined;
  drafts: { drafts: Record<string, Draft>; newChatId: string | null };
};

/**
 * Returns the conversation that was on screen, otherwise the one that was used last. A new chat is shown again only if
 * the user was writing in it.
 *
 * @param openChat what was on screen last.
 */
export function openedChat(
  { conversations, drafts }: Pick<ReadStore, 'conversations' | 'drafts'>,
  openChat: string | null,
): OpenedChat {
  const all = drafts.all();
  const known = {
    drafts: Object.fromEntries(all.map(({ conversationId, draft }) => [conversationId, draft])),
  };
  const ofNewChats = all.filter(({ isNewChat, draft }) => isNewChat && !isEmptyDraft(draft));
  const written = ofNewChats.find(({ conversationId }) => conversationId === openChat);
  const newChatId = (written ?? ofNewChats.at(-1))?.conversationId ?? null;
  const latest = conversations.latestId();
  const opened = openChat === null ? undefined : conversations.find(openChat)?.id;
  const isNewChat = written !== undefined || latest === undefined;
  return { id: isNewChat ? undefined : (opened ?? latest), drafts: { ...known, newChatId } };
}
