// Splits text into words, the same way for the index and for a search. See docs/decisions/015.

/** Scripts without spaces between words: each character is indexed as a word, and a typed word is a phrase. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]/gu;
const emoji = /\p{Extended_Pictographic}/gu;
/** The accents of Latin, Greek and Cyrillic letters. In other scripts a mark makes a different letter. */
const accents = /[\u0300-\u036f]/g;
const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** Returns the words of a text in order, with compatible forms and accents folded and emoji spelled as words. */
export function wordsOf(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(accents, '')
    .normalize('NFC')
    .replace(emoji, (character) => ` emoji${character.codePointAt(0)?.toString(16)} `)
    .replace(unspaced, ' $& ');
  return folded.match(word) ?? [];
}

/**
 * Returns the FTS5 query for a text: https://www.sqlite.org/fts5.html#full_text_query_syntax
 *
 * All words must match, each as a prefix; words in quotation marks must match exactly and in their order. Everything
 * but letters and digits only separates words, so no typed character is ever an operator.
 *
 * @returns null if the text has no word.
 */
export function matchExpression(text: string): string | null {
  const terms = new Set<string>();
  // Every second part was between quotation marks; the last one may not be closed yet.
  const parts = text.split(/["“”„«»「」]/);
  for (const [index, part] of parts.entries()) {
    const isQuoted = index % 2 === 1;
    const isClosed = index < parts.length - 1;
    for (const chunk of isQuoted ? [part] : part.split(/\s+/)) {
      const words = wordsOf(chunk);
      // The words of "black-and-white" must follow each other too.
      if (words.length > 0) terms.add(`"${words.join(' ')}"${isQuoted && isClosed ? '' : ' *'}`);
    }
  }
  return terms.size === 0 ? null : [...terms].join(' AND ');
}
