// Finds the picture that the newest message probably meant to change, although its answer was made from text alone.
import type { PictureMessage, TextMessage } from '../../../shared/domain/conversations';
import type { LoadedRange } from './loaded-range';
import { isThere } from './messages';

export type PassedOver = {
  question: TextMessage;
  /** The picture before the question. */
  picture: PictureMessage;
  /** The pictures that were made from the text of the question alone. */
  answers: PictureMessage[];
  /** Whether an earlier question also came after a picture, so that the user already knows what happens. */
  isKnown: boolean;
};

/**
 * Returns the picture before the newest question if the question went directly to a picture model, and no text model has
 * decided whether it refers to that picture. No list of words can decide this in every language, so the user is asked. The
 * repeated prompt of an earlier picture does not count as a change, nor does a question without a result.
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
  // The question has no result, or none that is visible.
  const isGone = answers.every((answer) => answer.error !== null || answer.isDismissed === true);
  return picture && !isRepeated && !isGone ? { question, picture, answers, isKnown } : null;
}
