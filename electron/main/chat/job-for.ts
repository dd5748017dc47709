// From a message that waits to the job that the generator gets for it.
import type { Message } from '../../../shared/domain/conversations';
import type { PictureJob, TextJob } from '../../../shared/generator/messages';
import type { ChatContext } from './chat-context';
import { historyOf, referenceTo } from './history';

/** @returns what the generator is to do for a message that waits: a picture, or words in answer to `question`. */
export function jobFor(context: ChatContext, message: Message, question: string): PictureJob | TextJob {
  if (message.kind === 'text') {
    const active = context.activeProvider();
    const provider = message.provider ?? active.id;
    const model = message.provider === null ? active.textModel : message.model;
    const history = historyOf(context, message);
    return { kind: 'text', jobId: message.id, provider, model, text: question, history };
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
