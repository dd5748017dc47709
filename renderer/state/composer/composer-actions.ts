// Brings a picture or its recipe into the composer, and sends what is in it, a starter prompt, or a recipe again.
import { v7 as newId } from 'uuid';
import type { PictureMessage } from '../../../shared/domain/conversations';
import type { AspectRatio } from '../../../shared/domain/models';
import { toast } from '../../ui/toasts';
import type { OutgoingMessage } from '../chat/chat-state';
import { useChat } from '../chat/chat-store';
import { once } from '../chat/once';
import { showView } from '../navigation';
import { useSettings } from '../settings/settings-store';
import { type RestorableRecipe, useDraft } from './draft-store';
import { draftSaver } from './keep-draft';

/** Restores a recipe in the composer, ready to be sent unchanged or changed. */
export function askAgain(recipe: RestorableRecipe): void {
  useDraft.getState().restoreRecipe(recipe);
  showView('chat');
}

/** Attaches a picture to the draft, to be edited or looked at. */
export function attachReference(imageId: string): void {
  useDraft.getState().attach(imageId);
  showView('chat');
}

/**
 * Sends the draft. The composer is empty at once, so that the user can write on; if sending fails, the text is back.
 *
 * @returns whether it was sent.
 */
export function sendDraft({ aspectRatio, takesSeed }: { aspectRatio: AspectRatio; takesSeed: boolean }) {
  return draftSaver.whileSending(async (): Promise<boolean> => {
    const draft = useDraft.getState().take();
    const { text, mode, count, seed, references } = draft;
    const problem = await useChat.getState().send({
      ...{ questionId: draft.questionId, text, mode, aspectRatio, count, isDraft: true },
      ...(takesSeed && seed !== null && { seed }),
      ...(references.length > 0 && { references }),
    });
    if (!problem) return true;
    // What was sent before keeps its id, and the changed text becomes a message of its own.
    const questionId = problem.code === 'sent_otherwise' ? newId() : draft.questionId;
    useDraft.getState().putBack({ ...draft, questionId });
    toast(problem.message, { tone: 'problem' });
    return false;
  });
}

/** Sends a starter prompt to the open conversation. */
export function sendStarter(prompt: string, aspectRatio: AspectRatio): Promise<void> {
  return sendPrompt(`start with ${prompt}`, { text: prompt, aspectRatio });
}

/** What a picture was made from, as far as it can be requested again. */
export type RepeatableRecipe = {
  /** Of the picture. */
  id: string;
  prompt: string;
  /** Absent: the shape of new pictures. */
  aspectRatio?: AspectRatio | null | undefined;
  references?: string[] | undefined;
};

/**
 * Requests pictures of the same prompt and shape, with random seeds, from the provider and not from the gallery. Sends
 * them to the open conversation and shows it.
 */
export async function requestAgain(recipe: RepeatableRecipe, count: number): Promise<void> {
  const { id, prompt, references } = recipe;
  const aspectRatio = recipe.aspectRatio ?? useSettings.getState().settings.aspectRatio;
  showView('chat');
  await sendPrompt(`again ${count} ${id}`, {
    ...{ text: prompt, aspectRatio, count, fresh: true },
    ...(references && { references }),
  });
}

/** Requests the picture of a message again. */
export function makeAnother({ id, prompt, params }: PictureMessage): Promise<void> {
  const { aspectRatio, references } = params;
  return requestAgain({ id, prompt, aspectRatio, references }, 1);
}

/** Requests a picture of the message that a reply answers: it was meant as a prompt. */
export async function makePictureOf(answerId: string): Promise<void> {
  const { order, messages } = useChat.getState();
  const before = order.slice(0, order.indexOf(answerId)).map((id) => messages[id]);
  const question = before.findLast((message) => message?.role === 'user');
  if (question?.kind !== 'text') {
    toast('The message that this answers is not loaded. Scroll up to it, then try again.', {
      tone: 'problem',
    });
    return;
  }
  const { aspectRatio } = useSettings.getState().settings;
  await sendPrompt(`picture of ${answerId}`, { text: question.text, aspectRatio });
}

type Prompt = Pick<OutgoingMessage, 'text' | 'aspectRatio' | 'fresh' | 'references'> & { count?: number };

async function sendPrompt(intent: string, prompt: Prompt): Promise<void> {
  const { currentId, send } = useChat.getState();
  const problem = await once(`${currentId} ${intent}`, (questionId) =>
    send({ count: 1, ...prompt, questionId, mode: 'picture', isDraft: false }),
  );
  if (problem) toast(problem.message, { tone: 'problem' });
}
