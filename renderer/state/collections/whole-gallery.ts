// Resets the gallery to all pictures: opening it starts without a search; only Back returns to one.
import { everyPicture } from '../../../shared/domain/gallery-query';
import { t } from '../../../shared/languages/translate';
import { toast } from '../../ui/toasts';
import { useChat } from '../chat/chat-store';
import { isFiltered } from '../gallery/filters';
import { useGallery } from '../gallery/gallery-store';
import { showView } from '../navigation';
import { nameOfSearch } from './collection-actions';
import { useCollections } from './collections-store';

/** Clears the search and the filters. The notice can restore them. */
export function showEveryPicture(): void {
  const { query, setQuery } = useGallery.getState();
  if (!isFiltered(query)) return;
  setQuery({ ...everyPicture, sort: query.sort });
  toast(t('gallery.filter_removed', { name: nameOfSearch(query, names) }), {
    // The notice may be shown before the gallery is.
    ofView: 'gallery',
    action: { label: t('gallery.filter_again'), run: () => setQuery(query) },
  });
}

/** Opens the gallery with all pictures. */
export function openWholeGallery(): void {
  showEveryPicture();
  showView('gallery');
}

const names = {
  conversation: (id: string) =>
    useChat.getState().conversations.find((chat) => chat.id === id)?.title ?? t('gallery.a_chat'),
  collection: (id: string) =>
    useCollections.getState().list.collections.find((collection) => collection.id === id)?.name ??
    t('gallery.a_collection'),
};
