// The picture to enlarge, while the user chooses how.
import { create } from 'zustand';

type UpscaleState = { imageId: string | null; open: (imageId: string) => void; close: () => void };

export const useUpscale = create<UpscaleState>()((set) => ({
  imageId: null,
  open: (imageId) => set({ imageId }),
  close: () => set({ imageId: null }),
}));
