// Turns a pending message into the generator's job.
import type { Message } from '../../../shared/domain/conversations';
import type { PictureJob, TextJob } from '../../../shared/generator/jobs';
import { newId } from '../db/new-id';
import type { ChatContext } from './chat-context';
import { historyOf, referenceTo } from './history';

/** Returns the job for a pending message: a picture, or a text reply to `question`. */
export function jobFor(context: ChatContext, message: Message, question: string): PictureJob | TextJob {
  if (message.kind === 'text') {
    const active = context.activeProvider();
    const provider = message.provider ?? active.id;
    const model = message.provider === null ? active.textModel : message.model;
    const history = historyOf(context, message);
    return { kind: 'text', jobId: message.id, requestId: newId(), provider, model, text: question, history };
  }
  const { id, provider, model, prompt, params } = message;
  const references = (params.references ?? []).flatMap((imageId) => referenceTo(context, imageId) ?? []);
  const job = { kind: 'picture', jobId: id, requestId: newId(), provider, model, prompt, params } as const;
  return references.length === 0 ? job : { ...job, references };
}

/** Returns the text that a message answers: the message before a text reply, or a picture's own prompt. */
export function questionOf(context: ChatContext, message: Message): string {
  if (message.kind === 'image') return message.prompt;
  const { messages } = context.store.messages.page(message.conversationId, message.id, 1);
  const question = messages.at(-1);
  return question?.kind === 'text' ? question.text : '';
}
