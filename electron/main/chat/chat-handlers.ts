// Answers requests about messages and conversations.
import { type chatRequests, messagesPerPage } from '../../../shared/contract/chat';
import type { Conversation } from '../../../shared/domain/conversations';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { HandlersOf } from '../ipc/handlers';
import { faultPoint } from '../logging/fault-point';
import type { ChatContext } from './chat-context';
import { prefetch } from './prefetch';
import { previewPrompts } from './preview-prompts';
import { regenerate } from './regenerate';
import { cancel, dismiss, retry } from './retry-and-cancel';
import { showMessage } from './versions';

/** The reader answers what lists conversations. */
type ChatHandlers = Omit<
  HandlersOf<typeof chatRequests>,
  'conversations:list' | 'conversations:search' | 'conversations:covers'
>;

/** @param send answers a message; another order of work can take its place in a benchmark. */
export function createChatHandlers(context: ChatContext, send: ChatHandlers['chat:send']): ChatHandlers {
  const { store, metrics } = context;

  function change(conversationId: string, work: () => void): Result<Conversation> {
    const conversation = store.transaction(() => {
      const before = store.conversations.find(conversationId);
      if (before) work();
      // A conversation that was just deleted is not found any more: replies with what it was before.
      return store.conversations.find(conversationId) ?? before;
    });
    return conversation ? success(conversation) : failure('not_found');
  }

  /** Without `isUndo`, what was waiting when the conversation was deleted ends: long afterwards nobody expects it. */
  function restore(conversationId: string, isUndo: boolean): Result<Conversation> {
    store.transaction(() => {
      // Restored already: what was sent since then must not end.
      if (store.conversations.find(conversationId)) return;
      store.conversations.restore(conversationId);
      if (!isUndo) store.messages.requestStopOfWaiting(conversationId);
    });
    context.look();
    const conversation = store.conversations.find(conversationId);
    return conversation ? success(conversation) : failure('not_found');
  }

  return {
    'chat:send': async (input, caller) => {
      const started = performance.now();
      const reply = await send(input, caller);
      // Not shown: a name in Diagnostics.
      metrics.record('Answer a message', performance.now() - started);
      faultPoint('send: replied');
      return reply;
    },
    'chat:prefetch': (input) => {
      prefetch(context, input);
      return success(null);
    },
    'chat:preview': (input) => previewPrompts(context, input),
    'chat:stop-prefetch': () => {
      context.prefetch.stop();
      return success(null);
    },
    'messages:list': ({ conversationId, before, limit = messagesPerPage }) =>
      success(store.messages.page(conversationId, before, limit)),
    'messages:list-after': ({ conversationId, after, limit }) =>
      success(store.messages.pageAfter(conversationId, after, limit)),
    'messages:find': ({ messageId }) => {
      const message = store.messages.find(messageId);
      return message && store.conversations.find(message.conversationId)
        ? success(message)
        : failure('not_found');
    },
    'messages:retry': ({ messageId, model }) => retry(context, messageId, model),
    'messages:regenerate': (input) => regenerate(context, input),
    'messages:show-version': ({ messageId }) => showMessage(context, messageId),
    'messages:dismiss': ({ messageId, isUndo }) => dismiss(context, messageId, !isUndo),
    'messages:cancel': ({ messageId }) => cancel(context, messageId),
    'conversations:rename': ({ conversationId, title }) =>
      change(conversationId, () => store.conversations.rename(conversationId, title)),
    'conversations:pin': ({ conversationId, pinned }) =>
      change(conversationId, () => store.conversations.pin(conversationId, pinned)),
    'conversations:delete': ({ conversationId }) =>
      change(conversationId, () => store.conversations.delete(conversationId, context.deletionTime())),
    'conversations:restore': ({ conversationId, isUndo }) => restore(conversationId, isUndo),
  };
}
