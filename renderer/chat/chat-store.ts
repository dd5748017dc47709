// The chat as the screen knows it: the conversations, and the messages of the open one by id.
import { create } from 'zustand';
import type { Failure } from '../../shared/errors';
import type { AppStart, Conversation, Message } from '../../shared/ipc';
import type { AspectRatio } from '../../shared/models';
import { measureBetween } from '../diagnostics/measure';
import { request } from '../ipc';
import { toast } from '../ui/toasts';
import { type MessagesById, merge, newer } from './messages';

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

type ChatState = {
  conversations: Conversation[];
  hasMoreConversations: boolean;
  /** Null: a new conversation that has no message yet. */
  currentId: string | null;
  /** Ids of the open conversation's messages, oldest first. */
  order: string[];
  messages: MessagesById;
  hasOlder: boolean;
  loadingOlder: boolean;
};

type ChatActions = {
  start: (start: AppStart) => void;
  /** Sends a draft. @returns the failure where it could not be sent; then nothing has changed. */
  send: (draft: Draft) => Promise<Failure | null>;
  retry: (messageId: string) => Promise<void>;
  cancel: (messageId: string) => Promise<void>;
  newChat: () => void;
  open: (conversationId: string) => Promise<void>;
  loadOlder: () => Promise<void>;
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

const noMessages = { order: [], messages: {}, hasOlder: false, loadingOlder: false };

export const useChat = create<ChatState & ChatActions>()((set, get) => ({
  conversations: [],
  hasMoreConversations: false,
  currentId: null,
  ...noMessages,

  start({ conversations, current }) {
    set({
      conversations: conversations.conversations,
      hasMoreConversations: conversations.hasMore,
      currentId: current?.conversationId ?? null,
      ...(current ? fromPage(current.page) : noMessages),
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
      // The person may have gone elsewhere meanwhile: then the messages are read when they come back.
      ...(state.currentId === currentId && {
        currentId: conversation.id,
        order: [...state.order, ...messages.map(({ id }) => id)],
        messages: merge(state.messages, messages),
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
    set({ currentId: null, ...noMessages });
  },

  async open(conversationId) {
    if (get().currentId === conversationId) return;
    const reply = await request('messages:list', { conversationId, before: null });
    if (!reply.ok) return toast(reply.message, { tone: 'problem' });
    set({ currentId: conversationId, ...fromPage(reply.value) });
  },

  async loadOlder() {
    const { currentId, order, hasOlder, loadingOlder } = get();
    const [oldest] = order;
    if (!hasOlder || loadingOlder || currentId === null || oldest === undefined) return;
    set({ loadingOlder: true });
    const reply = await request('messages:list', { conversationId: currentId, before: oldest });
    if (get().currentId !== currentId) return;
    if (!reply.ok) {
      set({ loadingOlder: false });
      return toast(reply.message, { tone: 'problem' });
    }
    set((state) => ({
      order: [...reply.value.messages.map(({ id }) => id), ...state.order],
      messages: merge(state.messages, reply.value.messages),
      hasOlder: reply.value.hasMore,
      loadingOlder: false,
    }));
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
    set((state) => ({
      messages: { ...state.messages, [message.id]: newer(state.messages[message.id], message) },
    }));
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
      const fresh = here.filter(({ id }) => !state.order.includes(id)).map(({ id }) => id);
      return { order: [...state.order, ...fresh], messages: merge(state.messages, here) };
    });
  },

  receiveConversation(conversation) {
    set((state) => ({ conversations: withConversation(state.conversations, conversation) }));
  },
}));

function isUnderWay({ status }: Message): boolean {
  return status === 'pending' || status === 'generating' || status === 'streaming';
}

function fromPage({ messages, hasMore }: { messages: Message[]; hasMore: boolean }) {
  return {
    order: messages.map(({ id }) => id),
    messages: merge({}, messages),
    hasOlder: hasMore,
    loadingOlder: false,
  };
}

/** The pinned ones first, then the most recently used. */
function withConversation(conversations: readonly Conversation[], changed: Conversation): Conversation[] {
  return [changed, ...conversations.filter(({ id }) => id !== changed.id)].sort(
    (a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAt - a.updatedAt,
  );
}
