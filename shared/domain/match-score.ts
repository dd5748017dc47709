// How well a name has to match what was typed, in the command palette and in the search of conversations.

/**
 * The lowest score of fuzzysort that counts, from 0 to 1. It finds "galery", "setings" and "nwcht", and nothing in which
 * the letters only happen to occur.
 */
export const minMatchScore = 0.25;
