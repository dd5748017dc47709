// How well a name has to match what was typed, in the command palette and in the search of conversations.

/** Up to this many characters occur somewhere in almost every name. */
const maxShortText = 3;

/**
 * Returns the lowest score of fuzzysort that counts, from 0 to 1. It finds "galery", "setings" and "nwcht". A short text
 * has to be at the beginning of a word, or nearly so.
 */
export function minMatchScore(text: string): number {
  return text.trim().length <= maxShortText ? 0.4 : 0.25;
}
