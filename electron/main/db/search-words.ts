// From text to the words that are indexed and looked for: the same way on both sides. See docs/decisions/015.

/** Written without spaces: each character is a word here, and a word of a user is a phrase of them. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]/gu;
const emoji = /\p{Extended_Pictographic}/gu;
/** Of Latin, Greek and Cyrillic letters. In other scripts a mark makes another letter. */
const accents = /[\u0300-\u036f]/g;
const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** More words than this narrow nothing, and take longer. */
const maxWords = 50;

/** @returns the words of a text, in order: compatible forms and accents folded, emoji as words of letters. */
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
 * What FTS5 is asked for: https://www.sqlite.org/fts5.html#full_text_query_syntax
 *
 * Words are looked for by their beginnings, all of them; what stands between quotation marks as it is, in its order.
 * Everything but letters and digits only separates, so nothing typed is ever an operator.
 *
 * @returns null where the text has no word.
 */
export function matchExpression(text: string): string | null {
  const terms = new Set<string>();
  // Every second part was between quotation marks; the last may still be open.
  const parts = text.split(/["“”„«»「」]/);
  for (const [index, part] of parts.entries()) {
    const isQuoted = index % 2 === 1;
    const isClosed = index < parts.length - 1;
    for (const chunk of isQuoted ? [part] : part.split(/\s+/)) {
      const words = wordsOf(chunk);
      // "black-and-white" is one after the other too.
      if (words.length > 0) terms.add(`"${words.join(' ')}"${isQuoted && isClosed ? '' : ' *'}`);
    }
  }
  return terms.size === 0 ? null : [...terms].slice(0, maxWords).join(' AND ');
}
