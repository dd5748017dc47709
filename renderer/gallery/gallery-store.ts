// The gallery as the screen knows it: what has been asked for, and what of it has been read so far.
import { create } from 'zustand';
import { everyPicture, type GalleryQuery } from '../../shared/gallery-query';
import type { GalleryCursor, GalleryImage } from '../../shared/ipc';
import { request } from '../ipc';
import { toast } from '../ui/toasts';

type GalleryState = {
  query: GalleryQuery;
  images: GalleryImage[];
  /** Where what has been read ends; null where there is no more. */
  next: GalleryCursor | null;
  /** `idle` before the first reading. */
  state: 'idle' | 'loading' | 'ready';
  /** Reads from the beginning; the same query again reads it anew. */
  setQuery: (query: GalleryQuery) => Promise<void>;
  loadMore: () => Promise<void>;
  add: (images: GalleryImage[]) => void;
  /** Takes what is known of pictures that it has already. */
  change: (images: GalleryImage[]) => void;
  remove: (ids: string[]) => void;
};

export const useGallery = create<GalleryState>()((set, get) => ({
  query: everyPicture,
  images: [],
  next: null,
  state: 'idle',

  async setQuery(query) {
    set({ query, state: 'loading' });
    const reply = await request('gallery:list', { query, after: null });
    // Another word may have been typed since.
    if (get().query !== query) return;
    if (!reply.ok) {
      set({ state: 'ready' });
      return toast(reply.message, { tone: 'problem' });
    }
    set({ ...reply.value, state: 'ready' });
  },

  async loadMore() {
    const { images, next, query, state } = get();
    if (!next || state !== 'ready') return;
    set({ state: 'loading' });
    const reply = await request('gallery:list', { query, after: next });
    if (get().query !== query) return;
    if (!reply.ok) {
      set({ state: 'ready' });
      return toast(reply.message, { tone: 'problem' });
    }
    set({ images: [...images, ...reply.value.images], next: reply.value.next, state: 'ready' });
  },

  add(arrived) {
    const { images, state, query, setQuery } = get();
    if (state === 'idle') return;
    // Whether a search finds it, and where in its order, only the database can say.
    if (query !== everyPicture) return void setQuery({ ...query });
    const known = new Set(images.map(({ id }) => id));
    const added = arrived.filter(({ id }) => !known.has(id));
    if (added.length > 0) set({ images: [...added, ...images].sort(byNewest) });
  },

  change(changed) {
    const byId = new Map(changed.map((image) => [image.id, image]));
    set(({ images }) => ({ images: images.map((image) => byId.get(image.id) ?? image) }));
  },

  remove(ids) {
    const gone = new Set(ids);
    set(({ images }) => ({ images: images.filter(({ id }) => !gone.has(id)) }));
  },
}));

function byNewest(one: GalleryImage, other: GalleryImage): number {
  return other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1);
}
