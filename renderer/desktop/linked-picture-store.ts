// The picture that a link from outside led to, where no conversation has it any more.
import { create } from 'zustand';
import type { GalleryImage } from '../../shared/ipc';
import { request } from '../ipc';

type LinkedPicture = {
  image: GalleryImage | null;
  show: (image: GalleryImage | null) => void;
  /** Shows another one, such as that which it was made from, if it is still there. */
  open: (imageId: string) => Promise<void>;
};

export const useLinkedPicture = create<LinkedPicture>()((set) => ({
  image: null,
  show: (image) => set({ image }),
  async open(imageId) {
    const reply = await request('gallery:tiles', { ids: [imageId] });
    const [image] = reply.ok ? reply.value : [];
    if (image) set({ image });
  },
}));
