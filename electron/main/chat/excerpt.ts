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
  // Start at the beginning of a word.
  const start = at <= maxBefore ? 0 : line.lastIndexOf(' ', at - maxBefore) + 1 || at - maxBefore;
  const end = line.length <= start + maxLength ? line.length : start + maxLength;
  const part = line
    .slice(start, end)
    .toWellFormed()
    .replace(/^\ufffd|\ufffd$/g, '');
  return `${start > 0 ? '… ' : ''}${part}${end < line.length ? '…' : ''}`;
}

/** Folds piece by piece, to map the match back to its position in the original. */
function firstMatch(line: string, wanted: readonly string[]): number {
  for (const { 0: word, index } of line.matchAll(/\S+/g)) {
    const folded = foldText(word);
    const found = wanted.map((each) => folded.indexOf(each)).filter((at) => at >= 0);
    if (found.length > 0) return index + Math.min(word.length - 1, Math.min(...found));
  }
  return 0;
}
