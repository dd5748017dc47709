// Converts release notes to plain text, so that markup from a feed never reaches the page.
import type { UpdateInfo } from 'electron-updater';

/** In UTF-16 units. */
const maxNotesLength = 8_000;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
};

/** Returns null if there are no notes. GitHub sends HTML; a generic feed sends the text as it was written. */
export function notesToPlainText(notes: UpdateInfo['releaseNotes']): string | null {
  const parts = Array.isArray(notes) ? notes.map(({ note }) => note ?? '') : [notes ?? ''];
  const text = parts.map(stripMarkup).filter(Boolean).join('\n\n');
  if (text === '') return null;
  return text.length > maxNotesLength ? `${text.slice(0, maxNotesLength).trimEnd()}…` : text;
}

/** A tag ends before the next one begins at the latest; otherwise each "<" would be followed to the end of the text. */
function stripMarkup(text: string): string {
  const plain = text
    .replaceAll(/<li[^<>]*>/gi, '\n- ')
    .replaceAll(/<br[^<>]*>/gi, '\n')
    .replaceAll(/<\/(p|h\d|ul|ol|div)>/gi, '\n\n')
    .replaceAll(/<\/?[a-z!][^<>]*>/gi, '')
    .replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => entities[name] ?? whole);
  return plain
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
