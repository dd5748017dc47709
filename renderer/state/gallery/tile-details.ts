// Loads and keeps the details of the pictures near the viewport.
import { maxTiles } from '../../../shared/domain/gallery-timeline';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { request } from '../../ipc';
import type { GalleryState } from './gallery-state';

/** Maximum number of pictures whose details are kept. */
const maxCachedTiles = 2000;

type Store = { get: () => Pick<GalleryState, 'tiles'>; set: (change: Pick<GalleryState, 'tiles'>) => void };

export function createTileDetails({ get, set }: Store) {
  let idsToDescribe: string[] | null = null;
  let isDescribing = false;

  async function describe(ids: string[]): Promise<void> {
    idsToDescribe = ids;
    if (isDescribing) return;
    isDescribing = true;
    while (idsToDescribe) {
      const missing: string[] = idsToDescribe.filter((id) => !get().tiles.has(id)).slice(0, maxTiles);
      idsToDescribe = null;
      if (missing.length === 0) break;
      const reply = await request('gallery:tiles', { ids: missing });
      if (reply.ok) set({ tiles: remember(get().tiles, reply.value) });
    }
    isDescribing = false;
  }

  return { describe };
}

/** Returns the details with those of these pictures, without the ones that were read first if there are too many. */
export function remember(
  tiles: ReadonlyMap<string, GalleryImage>,
  images: readonly GalleryImage[],
): ReadonlyMap<string, GalleryImage> {
  const all = new Map(tiles);
  for (const image of images) {
    // Re-inserted at the end, because the first entries are dropped first.
    all.delete(image.id);
    all.set(image.id, image);
  }
  for (const id of all.keys()) {
    if (all.size <= maxCachedTiles) break;
    all.delete(id);
  }
  return all;
}
