// Sends another version of a question: an edited one, or one with the picture before it.

import type { PictureMessage, TextMessage } from '../../../shared/domain/conversations';
import { isUnfinished } from '../../../shared/domain/conversations';
import type { Failure } from '../../../shared/domain/errors';
import { toast } from '../../ui/toasts';
import { useChat } from '../chat/chat-store';
import { pictureIdOf } from '../chat/messages';
import { once } from '../chat/once';
import { passedOver } from '../chat/passed-over';
import { askedFields } from './asked-fields';
import { chosenFields } from './chosen-provider';
import { stylesField } from './chosen-styles';
import { type QuestionRecipe, ratioFor, recipeOf } from './question-recipe';

export type QuestionVersion = {
  /** The id of the new version, so that sending it twice sends one. */
  questionId: string;
  text: string;
  recipe: QuestionRecipe;
};

/** Sends a new version of a question. The old version is kept. @returns the failure if it was not sent. */
export function sendVersion(
  { id, text: before }: TextMessage,
  { questionId, text, recipe }: QuestionVersion,
): Promise<Failure | null> {
  return useChat.getState().send({
    ...{ questionId, text, aspectRatio: ratioFor(recipe) },
    ...{ edits: id, isDraft: false, ...chosenFields() },
    ...askedFields({ text, mode: recipe.mode, count: recipe.count }, recipe.models),
    ...stylesField(recipe.styles),
    // The same text again requests a new answer instead of the same picture from the gallery.
    fresh: text.trim() === before.trim(),
    ...(recipe.references.length > 0 && { references: recipe.references }),
    ...(recipe.references.length > 0 && recipe.edit && { edit: recipe.edit }),
  });
}

/** Sends the newest question again with the picture before it, and stops pictures that are being made without it. */
export async function changePictureBefore(): Promise<void> {
  const found = passedOver(useChat.getState());
  if (!found) return;
  const { question, picture, answers } = found;
  const asked = await recipeOf(question);
  if (!asked) return;
  const recipe = {
    ...asked,
    ...{ references: [pictureIdOf(picture)], aspectRatio: picture.params.aspectRatio },
  };
  const problem = await once(`change ${picture.id} by ${question.id}`, (questionId) =>
    sendVersion(question, { questionId, text: question.text, recipe }),
  );
  if (problem) return toast(problem.message, { tone: 'problem' });
  stopAll(answers);
}

function stopAll(answers: readonly PictureMessage[]): void {
  const { messages, cancel } = useChat.getState();
  for (const { id } of answers) {
    const latest = messages[id];
    if (latest && isUnfinished(latest)) void cancel(id);
  }
}
