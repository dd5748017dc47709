// The picture that a link from outside led to, where no conversation has it any more.
import { create } from 'zustand';
import type { GalleryImage } from '../../shared/ipc';

type LinkedPicture = { image: GalleryImage | null; show: (image: GalleryImage | null) => void };

export const useLinkedPicture = create<LinkedPicture>()((set) => ({
  image: null,
  show: (image) => set({ image }),
}));
