// THE SPINE: the person's message and its placeholders go into the database, and the answer leaves.
import { failure, type Result, success } from '../../../shared/errors';
import type { PictureJob, TextJob } from '../../../shared/generator-messages';
import type { Conversation, Message, PictureMessage, Replies, RequestInput } from '../../../shared/ipc';
import { reach } from '../fault-point';
import { type ChatContext, newId } from './chat-context';
import { historyOf, referenceTo } from './history';
import { readIntent } from './intent';
import { paramsFor } from './params-for';
import { draftOf } from './predict';
import { reuse } from './reuse';
import { titleFrom } from './title';

type SendInput = RequestInput<'chat:send'>;

/**
 * Answers a message before any work on it begins: one transaction, then the reply. No network, no file and no
 * model comes before that. Killed after the transaction, start-up finds the rows and goes on (recover.ts).
 */
export function sendMessage(context: ChatContext, input: SendInput): Result<Replies['chat:send']> {
  const { store } = context;
  const text = input.text.trim();
  if (text === '') return failure('empty_message');
  const intent = readIntent(text, input.mode);
  const draft = intent.kind === 'picture' ? draftOf(context, intent.prompt, input) : null;
  const at = context.now();

  const reply = store.transaction(() => {
    const conversation = openConversation(context, input.conversationId, text, at);
    if (!conversation) return null;
    const question = textMessage(conversation.id, 'user', text, at);
    const answers =
      intent.kind === 'picture'
        ? placeholdersFor(context, conversation.id, intent.prompt, input, draft, at)
        : [textMessage(conversation.id, 'assistant', '', at)];
    const messages = [question, ...answers];
    for (const message of messages) store.messages.insert(message);
    reach('send: in the transaction');
    return { conversation, messages };
  });
  if (!reply) return failure('not_found');
  reach('send: committed');
  if (draft) context.prediction.handOver();

  context.afterReply(() => {
    const answers = reply.messages.filter(({ role }) => role === 'assistant');
    const placeholders = answers.filter((message) => message.kind === 'image');
    // There is a draft only where the gallery had no such picture.
    const answered = input.fresh || draft ? new Set() : reuse(context, placeholders);
    for (const message of answers) {
      if (answered.has(message.id)) continue;
      const job = jobFor(context, message, text);
      context.enqueue(job.kind === 'picture' && draft ? { ...job, draftId: draft.jobId } : job);
    }
  });
  return success(reply);
}

/** @returns what the generator is to do for a message that waits: a picture, or words in answer to `question`. */
export function jobFor(context: ChatContext, message: Message, question: string): PictureJob | TextJob {
  if (message.kind === 'text') {
    const { id, textModel } = context.activeProvider();
    const history = historyOf(context, message);
    return { kind: 'text', jobId: message.id, provider: id, model: textModel, text: question, history };
  }
  const { id, provider, model, prompt, params } = message;
  const references = (params.references ?? []).flatMap((imageId) => referenceTo(context, imageId) ?? []);
  const job = { kind: 'picture', jobId: id, provider, model, prompt, params } as const;
  return references.length === 0 ? job : { ...job, references };
}

/** @returns the text that a message answers: for a reply the message before it, for a picture its prompt. */
export function questionOf(context: ChatContext, message: Message): string {
  if (message.kind === 'image') return message.prompt;
  const { messages } = context.store.messages.page(message.conversationId, message.id, 1);
  const question = messages.at(-1);
  return question?.kind === 'text' ? question.text : '';
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

function textMessage(conversationId: string, role: Message['role'], text: string, at: number): Message {
  const status = role === 'user' ? 'ready' : 'pending';
  return {
    id: newId(),
    conversationId,
    role,
    kind: 'text',
    status,
    text,
    error: null,
    createdAt: at,
    updatedAt: at,
  };
}

/** One row a picture, with all that a request will need: the intent is on disk before a request can leave. */
function placeholdersFor(
  context: ChatContext,
  conversationId: string,
  prompt: string,
  input: SendInput,
  draft: PictureJob | null,
  at: number,
): PictureMessage[] {
  const { id: provider, pictureModel: model } = context.activeProvider();
  const groupId = newId();
  return Array.from({ length: input.count }, (_, index) => ({
    id: newId(),
    conversationId,
    groupId,
    role: 'assistant',
    kind: 'image',
    status: 'pending',
    prompt,
    params: draft?.params ?? paramsFor(context, provider, input, index),
    provider,
    model,
    image: null,
    durationMs: null,
    costMicroUsd: null,
    error: null,
    createdAt: at,
    updatedAt: at,
  }));
}
