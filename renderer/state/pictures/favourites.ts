// Switches whether pictures are favourites, also those that the gallery has not read.
import { request } from '../../ipc';
import { setFavourite } from '../collections/collection-actions';
import { useGallery } from '../gallery/gallery-store';

/** Makes pictures favourites, or no favourites if all of them are, as far as the gallery has read a large selection. */
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
