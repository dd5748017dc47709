// Finds the picture that the newest message probably meant to change, although its answer was made from text alone.
import type { PictureMessage, TextMessage } from '../../../shared/domain/conversations';
import type { LoadedRange } from './loaded-range';
import { isThere } from './messages';

export type PassedOver = {
  question: TextMessage;
  /** The picture before it. */
  picture: PictureMessage;
  /** The pictures that were made from the words of the question alone. */
  answers: PictureMessage[];
  /** Whether an earlier question came after a picture as well, so that the user knows what becomes of one. */
  isKnown: boolean;
};

/**
 * Returns the picture before the newest question if it was passed over: if the question went to a model for pictures as
 * it is, and no model that reads the chat has decided what it refers to. No list of words decides that, in any language,
 * so the user does. The words of an earlier picture, sent again, are no change of one, and neither are those of which
 * nothing was made.
 *
 * @returns null if there is no such picture, or if the end of the chat is not loaded.
 */
export function passedOver({
  order,
  messages,
  newer,
}: Pick<LoadedRange, 'order' | 'messages' | 'newer'>): PassedOver | null {
  if (newer > 0) return null;
  const all = order.flatMap((id) => messages[id] ?? []);
  const at = all.findLastIndex(({ role }) => role === 'user');
  const question = all[at];
  const answers = all.slice(at + 1).filter((message) => message.kind === 'image');
  const isOfWordsAlone = answers.every(({ params, parentId }) => !params.references && parentId === null);
  const hasOther = answers.length < all.length - at - 1;
  if (question?.kind !== 'text' || answers.length === 0 || hasOther || !isOfWordsAlone) return null;
  const earlier = all.slice(0, at).filter((message) => message.kind === 'image');
  const picture = earlier.findLast(isThere);
  const firstAt = all.findIndex((message) => message.kind === 'image');
  const isKnown = all.slice(firstAt, at).some(({ role }) => role === 'user');
  const isRepeated = answers.some(({ prompt }) => earlier.some((other) => other.prompt === prompt));
  // Nothing was made of the words, or nothing is to be seen of it.
  const isGone = answers.every((answer) => answer.error !== null || answer.isDismissed === true);
  return picture && !isRepeated && !isGone ? { question, picture, answers, isKnown } : null;
}
