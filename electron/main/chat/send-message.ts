// THE SPINE: the user's message and its placeholders go into the database, and the answer leaves.

import type { ReplyOf, RequestInput } from '../../../shared/contract';
import type { Conversation, TextMessage } from '../../../shared/domain/conversations';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { isBilled } from '../../../shared/generator/billing';
import { newId } from '../db/new-id';
import { faultPoint } from '../logging/fault-point';
import type { ChatContext } from './chat-context';
import { type Intent, readIntent } from './intent';
import { jobFor } from './job-for';
import { placeholders } from './placeholders';
import { matchingPrefetch } from './prefetch';
import { problemWith } from './references';
import { speaksOfEarlier } from './refers-to-earlier';
import { reuse } from './reuse';
import { titleFrom } from './title';

type SendInput = RequestInput<'chat:send'>;

/**
 * Answers a message before any work on it begins: one transaction, then the reply. No network, no file and no
 * model comes before that. Killed after the transaction, start-up finds the rows and goes on (recover.ts).
 */
export function sendMessage(context: ChatContext, input: SendInput): Result<ReplyOf<'chat:send'>> {
  const { store } = context;
  const { references = [] } = input;
  const text = input.text.trim();
  if (text === '') return failure('empty_message');
  const problem = problemWith(context, references, context.activeProvider().pictureModel);
  if (problem) return problem;
  const intent = intentOf(context, text, input);
  // What goes with other pictures is made for them.
  const isAlone = references.length === 0;
  const draft = intent.kind === 'picture' && isAlone ? matchingPrefetch(context, intent.prompt, input) : null;
  const at = context.now();

  const reply = store.transaction(() => {
    const conversation = openConversation(context, input.conversationId, text, at);
    if (!conversation) return null;
    const question = questionRow(conversation.id, text, at);
    const answers =
      intent.kind === 'picture'
        ? placeholders(context, conversation.id, { ...input, prompt: intent.prompt, references, draft }, at)
        : [answerToCome(context, conversation.id, at)];
    const messages = [question, ...answers];
    for (const message of messages) store.messages.insert(message);
    for (const { id } of answers) if (draft) store.generationLog.handOverAhead(draft.jobId, id);
    faultPoint('send: in the transaction');
    return { conversation, messages };
  });
  if (!reply) return failure('not_found');
  faultPoint('send: committed');
  if (draft) context.prefetch.handOver();

  context.afterReply(() => {
    const answers = reply.messages.filter(({ role }) => role === 'assistant');
    const pictures = answers.filter((message) => message.kind === 'image');
    // There is a draft only where the gallery had no such picture.
    const answered = input.fresh || draft || !isAlone ? new Set() : reuse(context, pictures);
    for (const message of answers) {
      if (answered.has(message.id)) continue;
      const job = jobFor(context, message, text);
      if (job.kind === 'text' || !draft) context.enqueue(job);
      // What was admitted and asked for is waited for, and never asked for again.
      else if (isBilled(draft)) context.resume({ ...job, kind: 'recover', prefetchId: draft.jobId });
      else context.enqueue({ ...job, prefetchId: draft.jobId });
    }
  });
  return success(reply);
}

/** What goes with pictures is a prompt; what speaks of an earlier one goes to a model that can tell which. */
function intentOf({ store, activeProvider }: ChatContext, text: string, input: SendInput): Intent {
  const { conversationId, references = [] } = input;
  const intent = readIntent(text, references.length > 0 ? 'picture' : input.mode);
  if (intent.kind === 'text' || input.mode === 'picture' || references.length > 0) return intent;
  if (conversationId === null || !speaksOfEarlier(text) || activeProvider().textModel === null) return intent;
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

const plain = { kind: 'text', error: null, provider: null, model: null, costMicroUsd: null } as const;

function questionRow(conversationId: string, text: string, at: number): TextMessage {
  const times = { createdAt: at, updatedAt: at };
  return { ...plain, ...times, id: newId(), conversationId, role: 'user', status: 'ready', text };
}

function answerToCome(context: ChatContext, conversationId: string, at: number): TextMessage {
  const { id: provider, textModel: model } = context.activeProvider();
  return {
    ...questionRow(conversationId, '', at),
    role: 'assistant',
    status: 'pending',
    provider,
    model,
  };
}
