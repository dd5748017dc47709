// The gallery: the query, the order of the matching pictures, and the details of those near the viewport.
import { create } from 'zustand';
import type { Reply } from '../../../shared/contract';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { firstChunk, type GalleryCursor, maxTiles, nextChunk } from '../../../shared/domain/gallery-timeline';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { isOrderUnknown, isRanked, isSameQuery, isWhole } from './filters';
import { firstThumbnails } from './first-thumbnails';
import type { GalleryState } from './gallery-state';
import { append, emptyIndex, insertAll, without } from './picture-index';
import { createRestacking } from './restacking';
import { addStacks, countHidden, stacksOf, withoutPictures } from './stacks';
import { createTileDetails, remember } from './tile-details';

/** Maximum number of pictures to insert. For more, loading the order again is faster. */
const maxInserted = 50;

export const useGallery = create<GalleryState>()((set, get) => {
  /** Number of loads, to recognise a reply that a later load has overtaken. */
  let loads = 0;
  /** Pictures that were removed while the order was being read, which may still contain them. */
  const removedMeanwhile = new Set<string>();
  const restacking = createRestacking({ get, set });
  /** The query and the position before a stack was opened. */
  let beforeStack: Pick<GalleryState, 'query' | 'place'> | null = null;
  /** The query of the latest load. */
  let loadedQuery: GalleryQuery | null = null;
  const details = createTileDetails({ get, set });

  /** Loads the months, so that the scrubber appears before the whole order has been read. */
  async function countMonths(): Promise<void> {
    const reply = await request('gallery:months', {});
    if (reply.ok) set({ months: reply.value });
  }

  return {
    query: everyPicture,
    index: emptyIndex(),
    isComplete: false,
    state: 'idle',
    problem: '',
    months: [],
    tiles: new Map(),
    isStacked: true,
    stacks: stacksOf(),
    waiting: [],
    isOpen: false,
    place: undefined,
    focusedId: null,

    setQuery(wanted) {
      // Without a text or a picture to compare with, there is nothing to rank.
      const isUnranked = wanted.sort === 'relevance' && !isRanked(wanted);
      const query = isUnranked ? { ...wanted, sort: everyPicture.sort } : wanted;
      const { query: before } = get();
      if (query.stackOf !== null && before.stackOf === null)
        beforeStack = { query: before, place: get().place };
      // Leaving a stack returns to the position where it was opened.
      const isBack = beforeStack !== null && isSameQuery(query, beforeStack.query);
      const [place, focusedId] = isBack ? [beforeStack?.place, before.stackOf] : [null, null];
      set({ query, place, focusedId, waiting: [] });
      void get().load();
    },

    async load() {
      loads += 1;
      const load = loads;
      const { query } = get();
      // For the same query, the current order stays on screen until the new one is complete.
      const isReload = query === loadedQuery && get().index.length > 0;
      loadedQuery = query;
      set({ state: 'loading', isComplete: false });
      removedMeanwhile.clear();
      let index = emptyIndex();
      let stacks = stacksOf();
      const { isStacked } = get();
      let after: GalleryCursor | null = null;
      do {
        const limit: number = after ? nextChunk : firstChunk;
        const reply: Reply<'gallery:index'> = await request('gallery:index', {
          ...{ query, isStacked, after, limit },
        });
        if (load !== loads) return;
        if (!reply.ok) return set({ state: 'failed', problem: reply.message });
        const isFirst: boolean = after === null;
        index = append(index, reply.value);
        stacks = addStacks(stacks, reply.value.stacks);
        after = reply.value.next;
        if (!isReload || after === null) {
          set({ index, stacks, state: 'ready', isComplete: after === null });
        }
        if (isFirst && after) {
          void countMonths();
          // The first screen takes precedence.
          await firstThumbnails.whenPainted();
        }
        if (load !== loads) return;
      } while (after);
      if (removedMeanwhile.size > 0) set({ index: without(get().index, [...removedMeanwhile]) });
      if (!get().isOpen) get().join(get().waiting.map(({ id }) => id));
      void get().restack([]);
    },

    async refresh() {
      const { state, isComplete, query } = get();
      if (state === 'idle' || state === 'failed') return get().load();
      if (!isComplete || !isWhole(query)) return;
      const reply = await request('gallery:months', {});
      if (!reply.ok) return;
      set({ months: reply.value });
      const count = reply.value.reduce((sum, month) => sum + month.count, 0);
      const shown = get().index.length + get().waiting.length + countHidden(get().stacks);
      if (get().isComplete && count !== shown) await get().load();
    },

    ...details,

    async add(images) {
      for (const { id } of images) removedMeanwhile.delete(id);
      if (get().state === 'idle') return;
      const { query } = get();
      // Loading again is faster than a request about this many pictures.
      if (images.length > maxTiles) return get().load();
      const matching = await matchingOf(query, images);
      if (get().query !== query) return;
      const known = new Set(get().waiting.map(({ id }) => id));
      const landed = images.filter(({ id }) => matching.has(id) && !known.has(id));
      if (landed.length === 0) return;
      set({ waiting: [...landed, ...get().waiting], tiles: remember(get().tiles, landed) });
      const { isOpen, isComplete, index } = get();
      if (isComplete && (!isOpen || index.length === 0)) get().join(landed.map(({ id }) => id));
      // Restored pictures may belong to a stack.
      void get().restack(landed.map(({ id }) => id));
    },

    join(ids) {
      const { waiting, query, isComplete } = get();
      const joining = waiting.filter(({ id }) => ids.includes(id));
      if (joining.length === 0 || !isComplete) return;
      set({ waiting: waiting.filter((image) => !joining.includes(image)) });
      if (joining.length > maxInserted || isOrderUnknown(query)) return void get().load();
      set({ index: insertAll(get().index, joining, query.sort) });
    },

    setStacked(isStacked) {
      if (isStacked === get().isStacked) return;
      set({ isStacked });
      if (get().state !== 'idle') void get().load();
    },

    restack: restacking.restack,

    change(changed) {
      const known = changed.filter(({ id }) => get().tiles.has(id));
      if (known.length > 0) set({ tiles: remember(get().tiles, known) });
    },

    remove(ids) {
      const { index, isComplete, waiting, stacks } = get();
      if (!isComplete) for (const id of ids) removedMeanwhile.add(id);
      const left = withoutPictures(stacks, ids);
      set({
        index: without(index, ids),
        stacks: left.stacks,
        waiting: waiting.filter(({ id }) => !ids.includes(id)),
      });
      // Another picture becomes the top one of each affected stack.
      void get().restack(left.uncovered);
    },

    open(savedPlace) {
      const { place, isComplete, waiting, join, refresh } = get();
      set({ isOpen: true, place: place === undefined ? savedPlace : place });
      if (isComplete) join(waiting.map(({ id }) => id));
      void refresh();
    },

    close: () => set({ isOpen: false }),

    rememberPlace: (place) => set({ place }),
  };
});

async function matchingOf(query: GalleryQuery, images: readonly GalleryImage[]): Promise<Set<string>> {
  const ids = images.map(({ id }) => id);
  if (isWhole(query)) return new Set(ids);
  const reply = await request('gallery:matching', { query, ids: ids.slice(0, maxTiles) });
  if (reply.ok) return new Set(reply.value);
  toast(reply.message, { tone: 'problem' });
  return new Set();
}
