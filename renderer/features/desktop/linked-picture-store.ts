// The picture of an external link.
import { create } from 'zustand';

type LinkedPicture = { id: string | null; show: (id: string | null) => void };

export const useLinkedPicture = create<LinkedPicture>()((set) => ({
  id: null,
  show: (id) => set({ id }),
}));
