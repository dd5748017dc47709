// The gallery: the query, the order of the matching pictures, and the details of those near the viewport.
import { create } from 'zustand';
import type { Reply } from '../../../shared/contract';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import {
  firstChunk,
  type GalleryCursor,
  type MonthCount,
  maxTiles,
  nextChunk,
} from '../../../shared/domain/gallery-timeline';
import type { GalleryImage } from '../../../shared/domain/pictures';
import type { ViewState } from '../../../shared/domain/view-state';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { isRanked } from './filters';
import { firstThumbnails } from './first-thumbnails';
import { append, emptyIndex, insertAll, type PictureIndex, positionOf, without } from './picture-index';
import { addStacks, countHidden, restacked, type Stacks, stacksOf, withoutPictures } from './stacks';

type GalleryState = {
  query: GalleryQuery;
  index: PictureIndex;
  /** Whether the order has been loaded to its end. */
  isComplete: boolean;
  /** `idle` before the first load. */
  state: 'idle' | 'loading' | 'ready' | 'failed';
  /** The reason of a failure. */
  problem: string;
  /** Counts of the whole gallery, newest first; empty until they are loaded. */
  months: MonthCount[];
  /** Details of the pictures near the viewport, by id. */
  tiles: ReadonlyMap<string, GalleryImage>;
  /** Whether near duplicates are one tile. */
  isStacked: boolean;
  /** What lies under which picture. The one on top alone is in the order. */
  stacks: Stacks;
  /** New pictures that are not in the order yet, because inserting them would move what the user looks at. */
  waiting: GalleryImage[];
  /** Whether the gallery is visible. If so, the timeline decides when waiting pictures join. */
  isOpen: boolean;
  /** What was on screen last; undefined before the gallery is first opened. */
  place: ViewState['galleryPlace'] | undefined;
  setQuery: (query: GalleryQuery) => void;
  /** Loads the order again. What is on screen stays until the new order is there. */
  load: () => Promise<void>;
  /** Loads the order again if it has missed changes. */
  refresh: () => Promise<void>;
  /** Loads the details of these pictures. If called repeatedly, only the last call counts. */
  describe: (ids: string[]) => Promise<void>;
  add: (images: GalleryImage[]) => Promise<void>;
  /** Inserts waiting pictures into the order. */
  join: (ids: readonly string[]) => void;
  setStacked: (isStacked: boolean) => void;
  /** Reads again what lies under what, after these pictures have joined or left a stack, or have left or come back. */
  restack: (ids: readonly string[]) => Promise<void>;
  /** Updates the details of pictures that are loaded. */
  change: (images: GalleryImage[]) => void;
  remove: (ids: string[]) => void;
  /** @param savedPlace what was on screen when the app was last closed. */
  open: (savedPlace: ViewState['galleryPlace']) => void;
  close: () => void;
  rememberPlace: (place: ViewState['galleryPlace']) => void;
};

/** Maximum number of pictures whose details are kept. */
const maxCachedTiles = 2000;
/** Loading the order again is faster than inserting more than this many pictures. */
const maxInserted = 50;
/** Minimum time between two changes of the stacks (ms). */
const minRestackMs = 1000;

export const useGallery = create<GalleryState>()((set, get) => {
  /** Counts loads, so that a reply that a later load has overtaken is recognised. */
  let loads = 0;
  /** Removed while the order was being read, which may still contain them. */
  const removedMeanwhile = new Set<string>();
  /** Have joined or left a stack while the order was being read, or while stacks are read. */
  const toRestack = new Set<string>();
  let isRestacking = false;
  /** What was shown before a stack was opened. */
  let beforeStack: Pick<GalleryState, 'query' | 'place'> | null = null;
  /** The query of the latest load. */
  let loadedQuery: GalleryQuery | null = null;
  let idsToDescribe: string[] | null = null;
  let isDescribing = false;

  /** The dates at the side appear before the whole order has been read. */
  async function countMonths(): Promise<void> {
    const reply = await request('gallery:months', {});
    if (reply.ok) set({ months: reply.value });
  }

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

    setQuery(wanted) {
      // Without words or a picture to compare with there is nothing to rank.
      const isUnranked = wanted.sort === 'relevance' && !isRanked(wanted);
      const query = isUnranked ? { ...wanted, sort: everyPicture.sort } : wanted;
      const { query: before, place } = get();
      if (query.stackOf !== null && before.stackOf === null) beforeStack = { query: before, place };
      // Whoever leaves a stack is back where it was opened.
      const isBack = beforeStack !== null && isSameQuery(query, beforeStack.query);
      set({ query, place: isBack ? beforeStack?.place : null, waiting: [] });
      void get().load();
    },

    async load() {
      loads += 1;
      const load = loads;
      const { query } = get();
      // The same query again: the current order stays on screen until the new one is complete.
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

    async describe(ids) {
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
    },

    async add(images) {
      for (const { id } of images) removedMeanwhile.delete(id);
      if (get().state === 'idle') return;
      const { query } = get();
      // Loading again is faster than asking about this many pictures.
      if (images.length > maxTiles) return get().load();
      const matching = await matchingOf(query, images);
      if (get().query !== query) return;
      const known = new Set(get().waiting.map(({ id }) => id));
      const landed = images.filter(({ id }) => matching.has(id) && !known.has(id));
      if (landed.length === 0) return;
      set({ waiting: [...landed, ...get().waiting], tiles: remember(get().tiles, landed) });
      const { isOpen, isComplete, index } = get();
      if (isComplete && (!isOpen || index.length === 0)) get().join(landed.map(({ id }) => id));
      // They may be back in a stack.
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

    async restack(ids) {
      for (const id of ids) toRestack.add(id);
      if (isRestacking || !get().isComplete || toRestack.size === 0) return;
      isRestacking = true;
      const wanted = [...toRestack];
      toRestack.clear();
      const hasChanged = await restackNow(wanted);
      // Each change lays out the whole order, so that those of many new pictures are done together.
      if (hasChanged) await new Promise((resolve) => setTimeout(resolve, minRestackMs));
      isRestacking = false;
      void get().restack([]);
    },

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
      // Another picture of a stack comes to the top.
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

function isSameQuery(one: GalleryQuery, other: GalleryQuery): boolean {
  return JSON.stringify({ ...everyPicture, ...one }) === JSON.stringify({ ...everyPicture, ...other });
}

/** The columns contain neither the model nor how well a picture matches. */
function isOrderUnknown({ sort }: GalleryQuery): boolean {
  return sort === 'model' || sort === 'relevance';
}

/** Returns whether a query matches everything, ordered by date. */
export function isWhole(query: GalleryQuery): boolean {
  return JSON.stringify({ ...query, text: query.text.trim() }) === JSON.stringify(everyPicture);
}

async function matchingOf(query: GalleryQuery, images: readonly GalleryImage[]): Promise<Set<string>> {
  const ids = images.map(({ id }) => id);
  if (isWhole(query)) return new Set(ids);
  const reply = await request('gallery:matching', { query, ids: ids.slice(0, maxTiles) });
  if (reply.ok) return new Set(reply.value);
  toast(reply.message, { tone: 'problem' });
  return new Set();
}

function remember(tiles: ReadonlyMap<string, GalleryImage>, images: readonly GalleryImage[]) {
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
