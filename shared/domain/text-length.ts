// The length of a text that the user enters, and the sentence for one that is too long. Nothing is cut silently.

import { t } from '../languages/translate';
/** Returns the number of Unicode characters, as schemas count them; `length` counts some as two. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _character of text) length += 1;
  return length;
}

/**
 * Returns a sentence if a text is too long, such as "50,000 of at most 32,000 characters."; otherwise null.
 *
 * @param maxLength in Unicode characters.
 */
export function lengthProblem(text: string, maxLength: number): string | null {
  // A character is one or two units long, so most texts need no counting.
  if (text.length <= maxLength) return null;
  const length = lengthOf(text);
  if (length <= maxLength) return null;
  return t('storage.text_too_long', { length, max: maxLength });
}
