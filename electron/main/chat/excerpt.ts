// The part of a message's text that shows why a search has found it.
import { foldText } from '../../../shared/domain/fold-text';

/** Characters before the first match, and of the whole excerpt. */
const maxBefore = 30;
const maxLength = 140;

/** Returns a line around the first of a search's words that the text contains, or the text's beginning. */
export function excerptOf(text: string, search: string): string {
  const wanted = foldText(search).match(/[\p{L}\p{N}\p{M}\p{Co}]+|\p{Extended_Pictographic}/gu) ?? [];
  const line = text.replace(/\s+/g, ' ').trim();
  const at = firstMatch(line, wanted);
  // Beginnings of words read better than their ends.
  const start = at <= maxBefore ? 0 : line.lastIndexOf(' ', at - maxBefore) + 1 || at - maxBefore;
  const end = line.length <= start + maxLength ? line.length : start + maxLength;
  const part = line
    .slice(start, end)
    .toWellFormed()
    .replace(/^\ufffd|\ufffd$/g, '');
  return `${start > 0 ? '… ' : ''}${part}${end < line.length ? '…' : ''}`;
}

/** Characters are folded in pieces, so that the place in the original is known. */
function firstMatch(line: string, wanted: readonly string[]): number {
  for (const { 0: word, index } of line.matchAll(/\S+/g)) {
    const folded = foldText(word);
    const found = wanted.map((each) => folded.indexOf(each)).filter((at) => at >= 0);
    if (found.length > 0) return index + Math.min(word.length - 1, Math.min(...found));
  }
  return 0;
}
