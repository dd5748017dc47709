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

/** The reader thread answers the requests that list conversations. */
type ChatHandlers = Omit<
  HandlersOf<typeof chatRequests>,
  'conversations:list' | 'conversations:search' | 'conversations:covers'
>;

/** @param send handles `chat:send`; a benchmark passes one that works in a different order. */
export function createChatHandlers(context: ChatContext, send: ChatHandlers['chat:send']): ChatHandlers {
  const { store, metrics } = context;

  function change(conversationId: string, work: () => void): Result<Conversation> {
    const conversation = store.transaction(() => {
      const before = store.conversations.find(conversationId);
      if (before) work();
      // The conversation may have been deleted meanwhile; reply with its earlier state.
      return store.conversations.find(conversationId) ?? before;
    });
    return conversation ? success(conversation) : failure('not_found');
  }

  /**
   * Ends answers that were waiting when the conversation was deleted, unless this is an immediate undo: later, the
   * user no longer expects them.
   */
  function restore(conversationId: string, isUndo: boolean): Result<Conversation> {
    store.transaction(() => {
      // Already restored: answers requested since then must go on.
      if (store.conversations.find(conversationId)) return;
      store.conversations.restore(conversationId);
      if (!isUndo) store.messages.requestStopOfWaiting(conversationId);
    });
    context.wakeDispatcher();
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
