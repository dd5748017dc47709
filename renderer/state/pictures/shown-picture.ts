// The picture that fills the window, for commands that do not come from its own buttons and keys.
import { create } from 'zustand';

export type ShownPicture = {
  imageId: string;
  close: () => void;
};

type ShownPictureState = {
  shown: ShownPicture | null;
  /** Returns a function that ends it. */
  show: (shown: ShownPicture) => () => void;
};

export const useShownPicture = create<ShownPictureState>()((set) => ({
  shown: null,
  show(shown) {
    set({ shown });
    return () => set((state) => (state.shown === shown ? { shown: null } : {}));
  },
}));
