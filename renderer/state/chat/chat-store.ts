// The chat: the conversations, and the messages of the open one by id.
import { create } from 'zustand';
import type { Conversation, Message } from '../../../shared/domain/conversations';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { measureBetween } from '../user-timing';
import type { ChatActions, ChatState } from './chat-state';
import { emptyRange, isUnderWay, rangeAtEnd, withArrived } from './loaded-range';
import { merge, newer } from './messages';
import { createTranscriptPaging, firstPage } from './transcript-paging';

export const useChat = create<ChatState & ChatActions>()((set, get) => ({
  conversations: [],
  hasMoreConversations: false,
  currentId: null,
  scrollTarget: null,
  news: null,
  ...emptyRange,
  ...createTranscriptPaging(set, get),

  start({ conversations, current }) {
    set({
      conversations: conversations.conversations,
      hasMoreConversations: conversations.hasMore,
      currentId: current?.conversationId ?? null,
      ...(current ? rangeAtEnd(current.page) : emptyRange),
    });
  },

  async send(draft) {
    const { currentId } = get();
    const asked = performance.now();
    const reply = await request('chat:send', { conversationId: currentId, ...draft });
    measureBetween('Wait for the reply', asked, performance.now());
    if (!reply.ok) return reply;
    const { conversation, messages } = reply.value;
    set((state) => ({
      conversations: withConversation(state.conversations, conversation),
      // If the user has opened another conversation meanwhile, the messages are read on return.
      ...(state.currentId === currentId && {
        currentId: conversation.id,
        ...withArrived(state, messages),
        news: newsOf(messages) ?? state.news,
      }),
    }));
    return null;
  },

  async retry(messageId) {
    const reply = await request('messages:retry', { messageId });
    if (reply.ok) get().receive(reply.value);
    else toast(reply.message, { tone: 'problem' });
  },

  async cancel(messageId) {
    const reply = await request('messages:cancel', { messageId });
    if (!reply.ok) toast(reply.message, { tone: 'problem' });
  },

  newChat() {
    set({ currentId: null, scrollTarget: null, ...emptyRange });
  },

  async open(conversationId) {
    if (get().currentId === conversationId) return;
    const reply = await request('messages:list', {
      conversationId,
      before: null,
      limit: firstPage,
    });
    if (!reply.ok) return toast(reply.message, { tone: 'problem' });
    set({ currentId: conversationId, scrollTarget: null, ...rangeAtEnd(reply.value) });
  },

  async loadMoreConversations() {
    const reply = await request('conversations:list', { limit: get().conversations.length + 200 });
    if (!reply.ok) return toast(reply.message, { tone: 'problem' });
    set({ conversations: reply.value.conversations, hasMoreConversations: reply.value.hasMore });
  },

  async rename(conversationId, title) {
    const reply = await request('conversations:rename', { conversationId, title });
    if (reply.ok) get().receiveConversation(reply.value);
    else toast(reply.message, { tone: 'problem' });
  },

  async pin(conversationId, pinned) {
    const reply = await request('conversations:pin', { conversationId, pinned });
    if (reply.ok) get().receiveConversation(reply.value);
    else toast(reply.message, { tone: 'problem' });
  },

  async remove(conversationId) {
    const reply = await request('conversations:delete', { conversationId });
    if (!reply.ok) return toast(reply.message, { tone: 'problem' });
    set((state) => ({ conversations: state.conversations.filter(({ id }) => id !== conversationId) }));
    if (get().currentId === conversationId) get().newChat();
    const restore = async () => {
      const restored = await request('conversations:restore', { conversationId });
      if (!restored.ok) return toast(restored.message, { tone: 'problem' });
      get().receiveConversation(restored.value);
      await get().open(conversationId);
    };
    toast('Conversation moved to Trash. Its pictures stay in the gallery.', {
      action: { label: 'Undo', run: () => void restore() },
    });
  },

  receive(message) {
    // Keeps messages that are not in `order` yet: the reply that adds them may still be on its way.
    if (message.conversationId !== get().currentId && get().currentId !== null) return;
    set((state) => {
      const known = state.messages[message.id];
      const hasEnded = known !== undefined && isUnderWay(known) && !isUnderWay(message);
      return {
        messages: { ...state.messages, [message.id]: newer(known, message) },
        ...(hasEnded && { news: { id: message.id } }),
      };
    });
  },

  receiveText(messageId, text) {
    const message = get().messages[messageId];
    // A reply that has ended already has its whole text.
    if (message?.kind !== 'text' || !isUnderWay(message)) return;
    const grown: Message = { ...message, status: 'streaming', text };
    set((state) => ({ messages: { ...state.messages, [messageId]: grown } }));
  },

  receiveAdded(added) {
    set((state) => {
      const here = added.filter(({ conversationId }) => conversationId === state.currentId);
      const fresh = here.filter(({ id }) => !state.order.includes(id));
      const arrived = withArrived(state, fresh);
      return {
        ...arrived,
        messages: merge(arrived.messages, here),
        news: newsOf(here) ?? state.news,
      };
    });
  },

  receiveConversation(conversation) {
    set((state) => ({ conversations: withConversation(state.conversations, conversation) }));
  },
}));

function newsOf(messages: readonly Message[]): ChatState['news'] {
  const answer = messages.findLast(({ role }) => role === 'assistant');
  return answer ? { id: answer.id } : null;
}

/** Pinned conversations first, then the most recently used. */
function withConversation(conversations: readonly Conversation[], changed: Conversation): Conversation[] {
  return [changed, ...conversations.filter(({ id }) => id !== changed.id)].sort(
    (a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAt - a.updatedAt,
  );
}
