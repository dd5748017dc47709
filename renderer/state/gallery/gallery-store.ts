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
import { firstThumbnails } from './first-thumbnails';
import { append, emptyIndex, insert, type PictureIndex, without } from './picture-index';

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

export const useGallery = create<GalleryState>()((set, get) => {
  /** Counts loads, so that a reply that a later load has overtaken is recognised. */
  let loads = 0;
  /** Removed while the order was being read, which may still contain them. */
  const removedMeanwhile = new Set<string>();
  /** The query of the latest load. */
  let loadedQuery: GalleryQuery | null = null;
  let idsToDescribe: string[] | null = null;
  let isDescribing = false;

  /** The dates at the side appear before the whole order has been read. */
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
    waiting: [],
    isOpen: false,
    place: undefined,

    setQuery(query) {
      set({ query, place: null, waiting: [] });
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
      let after: GalleryCursor | null = null;
      do {
        const limit: number = after ? nextChunk : firstChunk;
        const reply: Reply<'gallery:index'> = await request('gallery:index', { query, after, limit });
        if (load !== loads) return;
        if (!reply.ok) return set({ state: 'failed', problem: reply.message });
        const isFirst: boolean = after === null;
        index = append(index, reply.value);
        after = reply.value.next;
        if (!isReload || after === null) set({ index, state: 'ready', isComplete: after === null });
        if (isFirst && after) {
          void countMonths();
          // The first screen takes precedence.
          await firstThumbnails.whenPainted();
        }
        if (load !== loads) return;
      } while (after);
      if (removedMeanwhile.size > 0) set({ index: without(get().index, [...removedMeanwhile]) });
      if (!get().isOpen) get().join(get().waiting.map(({ id }) => id));
    },

    async refresh() {
      const { state, isComplete, query } = get();
      if (state === 'idle' || state === 'failed') return get().load();
      if (!isComplete || !isWhole(query)) return;
      const reply = await request('gallery:months', {});
      if (!reply.ok) return;
      set({ months: reply.value });
      const count = reply.value.reduce((sum, month) => sum + month.count, 0);
      if (get().isComplete && count !== get().index.length + get().waiting.length) await get().load();
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
    },

    join(ids) {
      const { waiting, query, isComplete } = get();
      const joining = waiting.filter(({ id }) => ids.includes(id));
      if (joining.length === 0 || !isComplete) return;
      set({ waiting: waiting.filter((image) => !joining.includes(image)) });
      // The columns contain neither the model nor how well a picture matches.
      const isUnknown = query.sort === 'model' || query.sort === 'relevance';
      if (joining.length > maxInserted || isUnknown) return void get().load();
      set({ index: joining.reduce((index, image) => insert(index, image, query.sort), get().index) });
    },

    change(changed) {
      const known = changed.filter(({ id }) => get().tiles.has(id));
      if (known.length > 0) set({ tiles: remember(get().tiles, known) });
    },

    remove(ids) {
      const { index, isComplete, waiting } = get();
      if (!isComplete) for (const id of ids) removedMeanwhile.add(id);
      set({ index: without(index, ids), waiting: waiting.filter(({ id }) => !ids.includes(id)) });
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
