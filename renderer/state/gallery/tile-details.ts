// Loads and keeps the details of the pictures near the viewport.
import { maxTiles } from '../../../shared/domain/gallery-timeline';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { request } from '../../ipc';
import type { GalleryState } from './gallery-state';

/** Maximum number of pictures whose details are kept. */
const maxCachedTiles = 2000;

type Store = { get: () => Pick<GalleryState, 'tiles'>; set: (change: Pick<GalleryState, 'tiles'>) => void };

export function createTileDetails({ get, set }: Store) {
  /** Pending requests, each with a callback for when its pictures were read. */
  let waiting: { ids: readonly string[]; done: () => void }[] = [];
  /** The last requested pictures near the viewport. Earlier ones have been scrolled past. */
  let visible: readonly string[] = [];
  let isReading = false;

  async function read(): Promise<void> {
    if (isReading) return;
    isReading = true;
    while (waiting.length + visible.length > 0) {
      const asked = waiting;
      const ids = new Set([...asked.flatMap((each) => each.ids), ...visible]);
      [waiting, visible] = [[], []];
      const missing = [...ids].filter((id) => !get().tiles.has(id));
      for (let at = 0; at < missing.length; at += maxTiles) {
        const reply = await request('gallery:tiles', { ids: missing.slice(at, at + maxTiles) });
        if (reply.ok) set({ tiles: remember(get().tiles, reply.value) });
      }
      for (const { done } of asked) done();
    }
    isReading = false;
  }

  return {
    describe(ids: readonly string[]): Promise<void> {
      return new Promise((done) => {
        waiting.push({ ids, done });
        void read();
      });
    },
    describeVisible(ids: readonly string[]): void {
      visible = ids;
      void read();
    },
  };
}

/** Adds the details of these pictures. If there are too many, drops those that were read first. */
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
