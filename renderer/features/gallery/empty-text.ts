// What an empty gallery says: why it is empty, and the one thing to do next.
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { findsTheSame, isFiltered } from '../../state/gallery/filters';
import { formatCount } from '../../ui/format';

/** The step that the button leads to. */
export type NextStep = 'ask' | 'openTrash' | 'clearSearch' | 'clearFilters' | 'showAll';

export const nextStepLabels: Record<NextStep, string> = {
  ask: 'Ask for a picture',
  openTrash: 'Open Trash',
  clearSearch: 'Clear the search',
  clearFilters: 'Clear all filters',
  showAll: 'Show all pictures',
};

/** @param trashed the number of pictures in Trash. */
export function emptyText(query: GalleryQuery, trashed: number): { text: string; next: NextStep } {
  const { text, collectionId } = query;
  if (!isFiltered(query)) {
    if (trashed === 0)
      return { text: 'No pictures yet. Ask for one in the chat, and it stays here.', next: 'ask' };
    const all =
      trashed === 1
        ? 'Your only picture is in Trash.'
        : `All ${formatCount(trashed, 'picture')} are in Trash.`;
    return { text: all, next: 'openTrash' };
  }
  if (findsTheSame(query, { ...everyPicture, text })) {
    return {
      text: `No picture has “${text.trim()}” in its prompt, model or provider. Try fewer letters or another word.`,
      next: 'clearSearch',
    };
  }
  if (findsTheSame(query, { ...everyPicture, favourites: true })) {
    return { text: 'No favourites yet. Select the heart on a picture to add it.', next: 'showAll' };
  }
  if (findsTheSame(query, { ...everyPicture, collectionId })) {
    return {
      text: 'This collection is empty. Drag pictures onto its name to add them.',
      next: 'showAll',
    };
  }
  return { text: 'No picture matches all filters. Remove a filter to see more.', next: 'clearFilters' };
}
