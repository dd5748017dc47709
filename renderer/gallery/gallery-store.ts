// The gallery as the screen knows it: what has been read so far, newest first.
import { create } from 'zustand';
import type { GalleryImage } from '../../shared/ipc';
import { request } from '../ipc';
import { toast } from '../ui/toasts';

type GalleryState = {
  images: GalleryImage[];
  hasMore: boolean;
  search: string;
  /** `idle` before the first reading. */
  state: 'idle' | 'loading' | 'ready';
  load: (search: string) => Promise<void>;
  loadMore: () => Promise<void>;
  add: (images: GalleryImage[]) => void;
  /** Takes what is known of pictures that it has already. */
  change: (images: GalleryImage[]) => void;
  remove: (ids: string[]) => void;
};

export const useGallery = create<GalleryState>()((set, get) => ({
  images: [],
  hasMore: false,
  search: '',
  state: 'idle',

  async load(search) {
    set({ search, state: 'loading' });
    const reply = await request('gallery:list', { before: null, search });
    // Another word may have been typed since.
    if (get().search !== search) return;
    if (!reply.ok) {
      set({ state: 'ready' });
      return toast(reply.message, { tone: 'problem' });
    }
    set({ ...reply.value, state: 'ready' });
  },

  async loadMore() {
    const { images, hasMore, search, state } = get();
    const last = images.at(-1);
    if (!hasMore || state !== 'ready' || !last) return;
    set({ state: 'loading' });
    const reply = await request('gallery:list', { before: last.id, search });
    if (get().search !== search) return;
    if (!reply.ok) {
      set({ state: 'ready' });
      return toast(reply.message, { tone: 'problem' });
    }
    set({ images: [...images, ...reply.value.images], hasMore: reply.value.hasMore, state: 'ready' });
  },

  add(arrived) {
    const { images, hasMore, state, search } = get();
    if (state === 'idle') return;
    // What is older than all that has been read comes with its page.
    const oldest = hasMore ? (images.at(-1)?.id ?? '') : '';
    const read = arrived.filter(({ id }) => id > oldest);
    const wanted = read.filter(({ prompt }) => prompt.toLowerCase().includes(search.trim().toLowerCase()));
    const known = new Set(images.map(({ id }) => id));
    const added = wanted.filter(({ id }) => !known.has(id));
    if (added.length > 0) set({ images: [...added, ...images].sort((a, b) => (a.id < b.id ? 1 : -1)) });
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
