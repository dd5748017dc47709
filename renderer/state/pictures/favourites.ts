// Toggles whether pictures are favourites, including pictures that the gallery has not read.
import { request } from '../../ipc';
import { setFavourite } from '../collections/collection-actions';
import { useGallery } from '../gallery/gallery-store';

/** Makes pictures favourites, or removes the mark if all of them have it. Of a large selection, only read pictures count. */
export async function toggleFavourites(imageIds: string[]): Promise<void> {
  const { tiles } = useGallery.getState();
  const [only] = imageIds;
  if (imageIds.length === 1 && only !== undefined && !tiles.has(only)) {
    const reply = await request('gallery:tiles', { ids: [only] });
    const known = reply.ok ? reply.value[0] : undefined;
    return setFavourite(imageIds, !(known?.favourite ?? false));
  }
  await setFavourite(imageIds, !imageIds.every((id) => tiles.get(id)?.favourite ?? true));
}
