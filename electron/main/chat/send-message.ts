// THE SPINE: writes the user's message and its placeholders to the database, then replies.
import type { ReplyOf, RequestInput } from '../../../shared/contract';
import type { Conversation, TextMessage } from '../../../shared/domain/conversations';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { isBilled } from '../../../shared/generator/billing';
import { newId } from '../db/new-id';
import { faultPoint } from '../logging/fault-point';
import type { ChatContext } from './chat-context';
import { type Intent, readIntent } from './intent';
import { jobFor } from './job-for';
import { createPlaceholders } from './placeholders';
import { matchingPrefetch } from './prefetch';
import { checkReferences } from './references';
import { refersToEarlier } from './refers-to-earlier';
import { reuseFromGallery } from './reuse';
import { titleFrom } from './title';

type SendInput = RequestInput<'chat:send'>;

/**
 * Answers a message before any work on it starts: one transaction, then the reply. No network, file or model access
 * comes before the reply. After a crash, start-up finds the rows and continues (recover.ts).
 */
export function sendMessage(context: ChatContext, input: SendInput): Result<ReplyOf<'chat:send'>> {
  const { store } = context;
  const { references = [] } = input;
  const text = input.text.trim();
  if (text === '') return failure('empty_message');
  const problem = checkReferences(context, references, context.activeProvider().pictureModel);
  if (problem) return problem;
  const intent = intentOf(context, text, input);
  // A picture with references is neither prefetched nor reused.
  const hasReferences = references.length > 0;
  const prefetched =
    intent.kind === 'picture' && !hasReferences ? matchingPrefetch(context, intent.prompt, input) : null;
  const at = context.now();

  const reply = store.transaction(() => {
    const conversation = openConversation(context, input.conversationId, text, at);
    if (!conversation) return null;
    const question = questionRow(conversation.id, text, at);
    const answers =
      intent.kind === 'picture'
        ? createPlaceholders(
            context,
            conversation.id,
            { ...input, prompt: intent.prompt, references, prefetched },
            at,
          )
        : [pendingReply(context, conversation.id, at)];
    const messages = [question, ...answers];
    for (const message of messages) store.messages.insert(message);
    for (const { id } of answers) if (prefetched) store.generationLog.assignPrefetch(prefetched.jobId, id);
    faultPoint('send: in the transaction');
    return { conversation, messages };
  });
  if (!reply) return failure('not_found');
  faultPoint('send: committed');
  if (prefetched) context.prefetch.handOver();

  context.afterReply(() => {
    const answers = reply.messages.filter(({ role }) => role === 'assistant');
    const pictures = answers.filter((message) => message.kind === 'image');
    // A prefetch exists only if the gallery had no such picture.
    const mayReuse = !input.fresh && !prefetched && !hasReferences;
    const answered = mayReuse ? reuseFromGallery(context, pictures) : new Set();
    for (const message of answers) {
      if (answered.has(message.id)) continue;
      const job = jobFor(context, message, text);
      if (job.kind === 'text' || !prefetched) context.enqueue(job);
      // A billed prefetch was admitted when it started, and its request is never repeated.
      else if (isBilled(prefetched))
        context.resume({ ...job, kind: 'recover', requestId: prefetched.requestId });
      else context.enqueue({ ...job, requestId: prefetched.requestId });
    }
  });
  return success(reply);
}

/** Text with references is a prompt. Text that refers to an earlier picture goes to a text model, which knows which. */
function intentOf({ store, activeProvider }: ChatContext, text: string, input: SendInput): Intent {
  const { conversationId, references = [] } = input;
  const intent = readIntent(text, references.length > 0 ? 'picture' : input.mode);
  if (intent.kind === 'text' || input.mode === 'picture' || references.length > 0) return intent;
  if (conversationId === null || !refersToEarlier(text) || activeProvider().textModel === null) return intent;
  return store.messages.hasPicture(conversationId) ? { kind: 'text' } : intent;
}

function openConversation(
  context: ChatContext,
  id: string | null,
  text: string,
  at: number,
): Conversation | undefined {
  const { conversations } = context.store;
  if (id === null) {
    const conversation = { id: newId(), title: titleFrom(text), createdAt: at };
    conversations.insert(conversation);
    return conversations.find(conversation.id);
  }
  conversations.touch(id, at);
  return conversations.find(id);
}

const plainText = { kind: 'text', error: null, provider: null, model: null, costMicroUsd: null } as const;

function questionRow(conversationId: string, text: string, at: number): TextMessage {
  const times = { createdAt: at, updatedAt: at };
  return { ...plainText, ...times, id: newId(), conversationId, role: 'user', status: 'ready', text };
}

function pendingReply(context: ChatContext, conversationId: string, at: number): TextMessage {
  const { id: provider, textModel: model } = context.activeProvider();
  return {
    ...questionRow(conversationId, '', at),
    role: 'assistant',
    status: 'pending',
    provider,
    model,
  };
}
