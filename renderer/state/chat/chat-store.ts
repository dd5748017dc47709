// The chat: the conversations, and the messages of the open one by id.

import { v7 as newId } from 'uuid';
import { create } from 'zustand';
import type { MessagePage } from '../../../shared/contract/chat';
import { type Conversation, isUnfinished, type Message } from '../../../shared/domain/conversations';
import { isOnPath } from '../../../shared/domain/message-path';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { endNoticesOf, toast } from '../../ui/toasts';
import { chosenModelField } from '../settings/chosen-model-store';
import { measureBetween } from '../user-timing';
import type { ChatActions, ChatState } from './chat-state';
import { claimChat } from './claim-chat';
import { withConversations } from './conversations';
import { emptyRange, fits, isOutdated, rangeAtEnd, withArrived, withVersions } from './loaded-range';
import { newer, ownModelField } from './messages';
import { once } from './once';
import { createPageReader } from './page-reader';
import { createRemovedConversations } from './removed-conversations';
import { createTranscriptPaging, firstPage } from './transcript-paging';
import { createVersionActions } from './version-actions';

/** Number of conversations that the list reads at once when the user scrolls to its end. */
const conversationsPerPage = 200;

export const useChat = create<ChatState & ChatActions>()((set, get) => {
  const firstId = newId();
  const removed = createRemovedConversations();
  /** Messages are sent one after the other, so that they are stored in the order in which the user wrote them. */
  let lastSend: Promise<unknown> = Promise.resolve();
  /** The conversation that is being opened; null if there is none. A new object for each time. */
  let opening: object | null = null;
  const pages = createPageReader();
  /** The last conversation of the pages that were read, after which the next page starts. Others may already be listed. */
  let lastListed: Conversation | undefined;
  let loadingMore: Promise<void> | null = null;

  /** Loads missing messages at the end of the open conversation. */
  function fillEnd(): void {
    if (get().newer > 0) void get().loadNewer();
  }

  /** Puts messages of the open conversation at their positions. */
  function add(arrived: readonly Message[], news: ChatState['news']): void {
    const wasAtEnd = get().newer === 0;
    set((state) => ({ ...withArrived(state, arrived), news: news ?? state.news }));
    if (wasAtEnd) fillEnd();
  }

  /** Records arrived messages. @returns those of the open conversation. */
  function here(arrived: readonly Message[]): Message[] {
    pages.note(arrived);
    return arrived.filter(({ conversationId }) => conversationId === get().currentId);
  }

  function show(conversationId: string, page: MessagePage): void {
    set({ currentId: conversationId, isNewChat: false, scrollTarget: null, ...rangeAtEnd(page) });
    fillEnd();
  }

  async function readMore(): Promise<void> {
    const reply = await request('conversations:list', {
      limit: conversationsPerPage,
      ...(lastListed && { after: { pinned: lastListed.pinned, activity: lastListed.activity } }),
    });
    if (!reply.ok) return toast(reply.message, { tone: 'problem' });
    const { conversations, hasMore } = reply.value;
    lastListed = conversations.at(-1) ?? lastListed;
    set((state) => ({
      conversations: withConversations(
        state.conversations,
        conversations.filter((each) => !removed.has(each)),
      ),
      hasMoreConversations: hasMore,
    }));
  }

  return {
    conversations: [],
    hasMoreConversations: false,
    currentId: firstId,
    newChatId: firstId,
    isNewChat: true,
    scrollTarget: null,
    news: null,
    ...emptyRange,
    ...createTranscriptPaging(set, get, pages),
    ...createVersionActions(set, get, pages),

    start({ conversations, current, newChatId }) {
      set({ conversations: conversations.conversations, hasMoreConversations: conversations.hasMore });
      if (newChatId !== null) set({ newChatId, currentId: newChatId });
      lastListed = conversations.conversations.at(-1);
      if (current) show(current.conversationId, current.page);
    },

    async send({ count, ...message }) {
      const { currentId: conversationId, isNewChat: isNew, newChatId } = get();
      // Opening a new chat before the reply gets a new id.
      if (conversationId === newChatId) set({ newChatId: newId() });
      const answerIds = Array.from({ length: count }, () => newId());
      const asked = performance.now();
      const sending = lastSend.then(() =>
        pages.latest(() => request('chat:send', { ...message, conversationId, isNew, answerIds })),
      );
      lastSend = sending.catch(() => null);
      const reply = await sending;
      // Not shown: the name of a measurement.
      measureBetween('Wait for the reply', asked, performance.now());
      if (!reply.ok) {
        // Nothing was stored, so it is still a new chat.
        if (get().isNewChat && get().currentId === conversationId) set({ newChatId: conversationId });
        return reply;
      }
      const { conversation, messages, ...versions } = reply.value;
      get().receiveConversation(conversation);
      const { currentId } = get();
      const shown = here(messages);
      if (shown.length > 0) {
        const total = Math.max(...shown.map(({ seq }) => seq));
        const page = { messages: shown, total, ...versions };
        // The message is another version of a question.
        if (!fits(get(), page) && !isOutdated(get(), page)) set((state) => withVersions(state, page));
        set({ isNewChat: false });
        add(shown, newsOf(shown));
        // Scrolls to the answer, wherever the transcript was.
        void get().goToEnd();
      } else if (currentId === conversationId) {
        // The message had been sent before, to another conversation.
        await get().open(conversation.id);
      }
      // If the user has meanwhile opened another conversation, the messages are read on return.
      return null;
    },

    stopPrefetch() {
      void lastSend.then(() => request('chat:stop-prefetch', {}));
    },

    async retry(messageId, withChosen = false) {
      const known = get().messages[messageId];
      if (known && isUnfinished(known)) return;
      const problem = await once(`retry ${messageId}`, async () => {
        const reply = await request('messages:retry', {
          messageId,
          ...((!withChosen && ownModelField(known)) || chosenModelField()),
        });
        if (!reply.ok) return reply;
        get().receive(reply.value);
        return null;
      });
      if (problem) toast(problem.message, { tone: 'problem' });
    },

    async cancel(messageId) {
      const reply = await request('messages:cancel', { messageId });
      if (!reply.ok) toast(reply.message, { tone: 'problem' });
    },

    newChat() {
      opening = null;
      set({ currentId: get().newChatId, isNewChat: true, scrollTarget: null, ...emptyRange });
    },

    async open(conversationId) {
      opening = null;
      if (get().currentId === conversationId) return;
      const mine = {};
      opening = mine;
      // Claims the chat first, because changes after the page was read are only sent to the window that has it.
      const isHere = await claimChat(conversationId);
      // The user has meanwhile chosen another conversation.
      if (opening !== mine) return;
      if (!isHere) {
        opening = null;
        return;
      }
      const reply = await pages.before({ conversationId, before: null, limit: firstPage });
      if (opening !== mine) return;
      opening = null;
      if (reply.ok) return show(conversationId, reply.value);
      toast(reply.message, { tone: 'problem' });
    },

    loadMoreConversations() {
      loadingMore ??= readMore().finally(() => {
        loadingMore = null;
      });
      return loadingMore;
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
      get().receiveRemoved(conversationId, reply.value.revision);
      const restore = async () => {
        const restored = await request('conversations:restore', { conversationId, isUndo: true });
        if (!restored.ok) return toast(restored.message, { tone: 'problem' });
        get().receiveConversation(restored.value);
        await get().open(conversationId);
      };
      endNoticesOf([conversationId]);
      toast(t('chat.moved_to_trash'), {
        about: [conversationId],
        undo: {
          run: restore,
          undone: t('trash.chat_restored'),
          again: () => get().remove(conversationId),
        },
      });
    },

    receive(message) {
      if (here([message]).length === 0) return;
      const known = get().messages[message.id];
      if (!known) return add([message], null);
      const latest = newer(known, message);
      const hasEnded = isUnfinished(known) && !isUnfinished(latest) && isOnPath(get().shown.path, latest);
      set((state) => ({
        messages: { ...state.messages, [message.id]: latest },
        ...(hasEnded && { news: { id: message.id } }),
      }));
    },

    receiveText(messageId, text) {
      const message = get().messages[messageId];
      // A finished reply already has its whole text.
      if (message?.kind !== 'text' || !isUnfinished(message)) return;
      const grown: Message = { ...message, status: 'streaming', text };
      set((state) => ({ messages: { ...state.messages, [messageId]: grown } }));
    },

    receiveAdded(added) {
      const arrived = here(added);
      if (arrived.length > 0) add(arrived, newsOf(arrived));
    },

    receiveRemoved(conversationId, revision) {
      removed.add(conversationId, revision);
      set((state) => ({ conversations: state.conversations.filter(({ id }) => id !== conversationId) }));
      if (get().currentId === conversationId) get().newChat();
    },

    isRemoved: (conversationId) =>
      removed.knows(conversationId) && get().conversations.every(({ id }) => id !== conversationId),

    receiveConversation(conversation) {
      if (removed.has(conversation)) return;
      set((state) => ({ conversations: withConversations(state.conversations, [conversation]) }));
    },
  };
});

function newsOf(messages: readonly Message[]): ChatState['news'] {
  const answer = messages.findLast(({ role }) => role === 'assistant');
  return answer ? { id: answer.id } : null;
}
