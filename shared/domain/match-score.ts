// How well a name has to match the typed text, in the command palette and in the search of conversations.

/** Texts up to this length occur somewhere in almost every name. */
const maxShortText = 3;

/**
 * Returns the minimum fuzzysort score of a match, from 0 to 1. It accepts "galery", "setings" and "nwcht". A short text has
 * to be at the beginning of a word, or nearly so.
 */
export function minMatchScore(text: string): number {
  return text.trim().length <= maxShortText ? 0.4 : 0.25;
}
