// What the gallery says where it has nothing to show: what is missing, then what to do.
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { findsTheSame, isFiltered } from '../../state/gallery/filters';

export function nothingWords(query: GalleryQuery): string {
  const { text, collectionId } = query;
  if (!isFiltered(query)) return 'No pictures yet. Ask for one in the chat, and it stays here.';
  if (findsTheSame(query, { ...everyPicture, text })) {
    return `No picture has “${text.trim()}” in its prompt, model or provider. Try fewer letters or another word.`;
  }
  if (findsTheSame(query, { ...everyPicture, favourites: true })) {
    return 'No favourites yet. The heart on a picture makes it one.';
  }
  if (findsTheSame(query, { ...everyPicture, collectionId })) {
    return 'This collection is empty. Drag pictures onto its name to put them in.';
  }
  return 'No picture fits all of this. Take a filter away to see more.';
}
