// Reloads data that depends on the current day, such as the pictures of "last week".
import { useSearch } from '../features/gallery/search/search-store';
import { useCollections } from '../state/collections/collections-store';
import { useGallery } from '../state/gallery/gallery-store';
import { onNewDay } from '../ui/day';

/** Follows the clock. @returns a function that stops this. */
export function followDay(): () => void {
  return onNewDay(() => {
    const { query, state, load } = useGallery.getState();
    if (query.period !== null && state !== 'idle') void load();
    // Saved searches may be of a period, and a text may name one.
    useCollections.getState().refresh();
    void useSearch.getState().read(query);
  });
}
