// The user's word lists: `__animal__` in a prompt takes a word of the list "animal".
import { z } from 'zod';

export const maxWordLists = 50;
export const maxWordsOfList = 500;
export const maxWordLength = 200;
export const maxListNameLength = 40;

/** Letters and digits of any script, with single hyphens, underscores or spaces between them. */
const namePattern = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[-_ ][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*$/u;

export const listNameSchema = z.string().max(maxListNameLength).regex(namePattern);

export const wordListSchema = z.strictObject({
  name: listNameSchema,
  /** May be empty while the user is still writing the list. */
  words: z.array(z.string().trim().min(1).max(maxWordLength)).max(maxWordsOfList),
});
export type WordList = z.infer<typeof wordListSchema>;

export const wordListsSchema = z.array(wordListSchema).max(maxWordLists);

/** Returns the list with this name, ignoring case; undefined if there is none or it has no words. */
export function findWordList(lists: readonly WordList[], name: string): WordList | undefined {
  const wanted = name.toLowerCase();
  return lists.find((list) => list.name.toLowerCase() === wanted && list.words.length > 0);
}

/** Returns the lines of a text as words, without empty lines and duplicates. */
export function wordsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
}
