// The picture that a link from outside named.
import { create } from 'zustand';

type LinkedPicture = { id: string | null; show: (id: string | null) => void };

export const useLinkedPicture = create<LinkedPicture>()((set) => ({
  id: null,
  show: (id) => set({ id }),
}));
