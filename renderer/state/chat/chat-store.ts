// The chat as the screen knows it: the conversations, and the messages of the open one by id.
import { create } from 'zustand';
import type { AppStart } from '../../../shared/contract/app';
import type { Conversation, Message } from '../../../shared/domain/conversations';
import type { Failure } from '../../../shared/domain/errors';
import type { AspectRatio } from '../../../shared/domain/models';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { measureBetween } from '../measure';
import { emptyWindow, isUnderWay, type MessageWindow, windowAtEnd, withArrived } from './loaded-range';
import { merge, newer } from './messages';
import { createWindowActions, firstPage, type WindowActions } from './transcript-paging';

export type Draft = {
  text: string;
  mode: 'auto' | 'picture';
  aspectRatio: AspectRatio;
  count: number;
  /** Without one, chance chooses. */
  seed?: number;
  /** Have it made, even where the gallery has such a picture. */
  fresh?: boolean;
  /** Ids of the pictures that go with it. */
  references?: string[];
};

/** Where the transcript is to go, once. */
export type Aim =
  | { to: 'start' }
  | { to: 'end' }
  /** `isFound`: it was looked for, so it is shown in the middle and marked for a moment. */
  | { to: 'message'; id: string; isFound: boolean };

/** The open conversation is here as a window: the messages around what is on screen, and how many others there are. */
export type ChatState = MessageWindow & {
  conversations: Conversation[];
  hasMoreConversations: boolean;
  /** Null: a new conversation that has no message yet. */
  currentId: string | null;
  /** A new object each time. */
  aim: Aim | null;
  /** The answer that has come or ended last while the conversation was open. A new object each time. */
  news: { id: string } | null;
};

export type ChatActions = WindowActions & {
  start: (start: AppStart) => void;
  /** Sends a draft. @returns the failure where it could not be sent; then nothing has changed. */
  send: (draft: Draft) => Promise<Failure | null>;
  retry: (messageId: string) => Promise<void>;
  cancel: (messageId: string) => Promise<void>;
  newChat: () => void;
  open: (conversationId: string) => Promise<void>;
  loadMoreConversations: () => Promise<void>;
  rename: (conversationId: string, title: string) => Promise<void>;
  pin: (conversationId: string, pinned: boolean) => Promise<void>;
  remove: (conversationId: string) => Promise<void>;
  receive: (message: Message) => void;
  /** All of a reply's text so far. */
  receiveText: (messageId: string, text: string) => void;
  /** Messages that nobody here has sent. */
  receiveAdded: (messages: readonly Message[]) => void;
  receiveConversation: (conversation: Conversation) => void;
};

export const useChat = create<ChatState & ChatActions>()((set, get) => ({
  conversations: [],
  hasMoreConversations: false,
  currentId: null,
  aim: null,
  news: null,
  ...emptyWindow,
  ...createWindowActions(set, get),

  start({ conversations, current }) {
    set({
      conversations: conversations.conversations,
      hasMoreConversations: conversations.hasMore,
      currentId: current?.conversationId ?? null,
      ...(current ? windowAtEnd(current.page) : emptyWindow),
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
      // The user may have gone elsewhere meanwhile: then the messages are read when they come back.
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
    set({ currentId: null, aim: null, ...emptyWindow });
  },

  async open(conversationId) {
    if (get().currentId === conversationId) return;
    const reply = await request('messages:list', {
      conversationId,
      before: null,
      limit: firstPage,
    });
    if (!reply.ok) return toast(reply.message, { tone: 'problem' });
    set({ currentId: conversationId, aim: null, ...windowAtEnd(reply.value) });
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
    // One that is not in `order` is kept too: its reply may be on its way.
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
    // What has ended has its whole text already.
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

/** The pinned ones first, then the most recently used. */
function withConversation(conversations: readonly Conversation[], changed: Conversation): Conversation[] {
  return [changed, ...conversations.filter(({ id }) => id !== changed.id)].sort(
    (a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAt - a.updatedAt,
  );
}
