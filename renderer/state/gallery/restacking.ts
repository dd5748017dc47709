// Reloads stacks when pictures have joined or left one, or were deleted or restored.
import { maxTiles } from '../../../shared/domain/gallery-timeline';
import { request } from '../../ipc';
import { isOrderUnknown } from './filters';
import type { GalleryState } from './gallery-state';
import { insertAll, positionOf, without } from './picture-index';
import { restacked } from './stacks';
import { remember } from './tile-details';

/** Minimum time between two changes of the stacks (ms). */
const minRestackMs = 1000;

type Store = {
  get: () => GalleryState;
  set: (change: (state: GalleryState) => Partial<GalleryState>) => void;
};

export function createRestacking({ get, set }: Store) {
  /** Pictures that have joined or left a stack while the order or stacks were being read. */
  const toRestack = new Set<string>();
  let isRestacking = false;

  /** Returns whether the order has changed. */
  async function restackNow(ids: readonly string[]): Promise<boolean> {
    const { query, isStacked } = get();
    if (!isStacked) return false;
    if (ids.length > maxTiles) return loadAgain();
    const reply = await request('gallery:stacks', { query, ids: [...ids] });
    if (!reply.ok || get().query !== query) return false;
    const isShown = (id: string) =>
      positionOf(get().index, id) >= 0 || get().waiting.some((image) => image.id === id);
    const missing = reply.value.flatMap(([top = '']) => (isShown(top) ? [] : top)).slice(0, maxTiles);
    const tiles = missing.length > 0 ? await request('gallery:tiles', { ids: missing }) : null;
    if (get().query !== query || !get().isComplete) return false;
    if (missing.length > 0 && isOrderUnknown(query)) return loadAgain();
    const hidden = new Set(reply.value.flatMap(([_, ...others]) => others));
    const uncovered = tiles?.ok ? tiles.value : [];
    set(({ index, stacks, waiting, tiles: known }) => ({
      index: insertAll(without(index, [...hidden]), uncovered, query.sort),
      stacks: restacked(stacks, reply.value),
      waiting: waiting.filter(({ id }) => !hidden.has(id)),
      tiles: remember(known, uncovered),
    }));
    return hidden.size > 0 || uncovered.length > 0;
  }

  async function loadAgain(): Promise<true> {
    await get().load();
    return true;
  }

  async function restack(ids: readonly string[]): Promise<void> {
    for (const id of ids) toRestack.add(id);
    if (isRestacking || !get().isComplete || toRestack.size === 0) return;
    isRestacking = true;
    const wanted = [...toRestack];
    toRestack.clear();
    const hasChanged = await restackNow(wanted);
    // Each change lays out the whole order, so changes of many new pictures are combined.
    if (hasChanged) await new Promise((resolve) => setTimeout(resolve, minRestackMs));
    isRestacking = false;
    void restack([]);
  }

  return { restack };
}
