// The picture of the chat that is open in the lightbox.
import { create } from 'zustand';

type OpenPicture = { id: string | null; show: (id: string | null) => void };

export const useOpenPicture = create<OpenPicture>()((set) => ({
  id: null,
  show: (id) => set({ id }),
}));
