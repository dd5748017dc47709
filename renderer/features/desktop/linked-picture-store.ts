// The picture that a link from outside led to, where no conversation has it any more.
import { create } from 'zustand';

type LinkedPicture = { id: string | null; show: (id: string | null) => void };

export const useLinkedPicture = create<LinkedPicture>()((set) => ({
  id: null,
  show: (id) => set({ id }),
}));
