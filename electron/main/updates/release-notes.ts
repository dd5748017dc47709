// A release's notes as plain text, whatever a feed sends: nothing of them is ever markup on our page.
import type { UpdateInfo } from 'electron-updater';

const longest = 8_000;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
};

/** @returns null where there is nothing to say. GitHub's notes are HTML, a generic feed's are what was typed. */
export function plainNotes(notes: UpdateInfo['releaseNotes']): string | null {
  const parts = Array.isArray(notes) ? notes.map(({ note }) => note ?? '') : [notes ?? ''];
  const text = parts.map(withoutMarkup).filter(Boolean).join('\n\n');
  if (text === '') return null;
  return text.length > longest ? `${text.slice(0, longest).trimEnd()}…` : text;
}

function withoutMarkup(text: string): string {
  return text
    .replaceAll(/<li[^>]*>/gi, '\n- ')
    .replaceAll(/<br[^>]*>/gi, '\n')
    .replaceAll(/<\/(p|h\d|ul|ol|div)>/gi, '\n\n')
    .replaceAll(/<\/?[a-z!][^>]*>/gi, '')
    .replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => entities[name] ?? whole)
    .replaceAll(/[ \t]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
