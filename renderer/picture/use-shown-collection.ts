// The collection that the gallery shows, if it shows one.
import type { Collection } from '../../shared/contract/collections';
import { useCollections } from '../state/collections/collections-store';
import { useGallery } from '../state/gallery/gallery-store';

export function useShownCollection(): Collection | undefined {
  const collectionId = useGallery((state) => state.query.collectionId);
  return useCollections(({ list }) => list.collections.find(({ id }) => id === collectionId));
}
