// The state of the list of conversations: its search, and the title that is being edited.
import { create } from 'zustand';
import type { FoundConversations, FoundMessage } from '../../../shared/contract/chat';
import { type Conversation, maxTitleLength } from '../../../shared/domain/conversations';
import { lengthProblem } from '../../../shared/domain/text-length';
import { request } from '../../ipc';
import { useChat } from '../../state/chat/chat-store';
import { claimChat } from '../../state/chat/claim-chat';
import { showView } from '../../state/navigation';

type ChatListState = {
  text: string;
  /** The results of the search; null without a search, if the text is too long, or before the first results. */
  found: FoundConversations | null;
  renamingId: string | null;
  search: (text: string) => Promise<void>;
  rename: (conversationId: string | null) => void;
  /** Opens a conversation, even one that is not loaded into the list yet. */
  open: (conversation: Conversation) => Promise<void>;
};

/** Maximum number of conversations that a search finds. */
const maxFound = 100;

export const useChatList = create<ChatListState>()((set, get) => ({
  text: '',
  found: null,
  renamingId: null,

  async search(text) {
    const isSought = text.trim() !== '' && lengthProblem(text, maxTitleLength) === null;
    set({ text, ...(!isSought && { found: null }) });
    if (!isSought) return;
    const reply = await request('conversations:search', { text, limit: maxFound });
    // The user may have typed more in the meantime. Earlier results stay until the next ones arrive.
    if (get().text === text && reply.ok) set({ found: reply.value });
  },

  rename(renamingId) {
    set({ renamingId });
  },

  async open(conversation) {
    const { receiveConversation, open, openAt } = useChat.getState();
    receiveConversation(conversation);
    const message = foundMessage(get().found, conversation.id);
    if (message) return openAt(conversation.id, message.id);
    if (!(await claimChat(conversation.id))) return;
    showView('chat');
    await open(conversation.id);
  },
}));

/** Returns the best matching message of a found conversation; undefined if its title matches. */
export function foundMessage(found: FoundConversations | null, id: string): FoundMessage | undefined {
  if (!found || found.byTitle.some((conversation) => conversation.id === id)) return undefined;
  return found.messages.find(({ conversation }) => conversation.id === id);
}

// Searches again when a conversation was renamed, deleted or used.
useChat.subscribe((now, before) => {
  const { text, search } = useChatList.getState();
  if (now.conversations !== before.conversations && text.trim() !== '') void search(text);
});
