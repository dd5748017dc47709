// The text of an empty gallery: why it is empty, and what to do.
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { findsTheSame, isFiltered } from '../../state/gallery/filters';

export function emptyText(query: GalleryQuery): string {
  const { text, collectionId } = query;
  if (!isFiltered(query)) return 'No pictures yet. Ask for one in the chat, and it stays here.';
  if (findsTheSame(query, { ...everyPicture, text })) {
    return `No picture has “${text.trim()}” in its prompt, model or provider. Try fewer letters or another word.`;
  }
  if (findsTheSame(query, { ...everyPicture, favourites: true })) {
    return 'No favourites yet. Select the heart on a picture to add it.';
  }
  if (findsTheSame(query, { ...everyPicture, collectionId })) {
    return 'This collection is empty. Drag pictures onto its name to add them.';
  }
  return 'No picture matches all filters. Remove a filter to see more.';
}
