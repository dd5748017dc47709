// The pictures for which the user chooses a collection.
import { create } from 'zustand';

type CollectionChoice = {
  /** Null while the choice is closed. */
  imageIds: string[] | null;
  onAdded: () => void;
  /** @param onAdded called when the request to add the pictures has been sent. */
  ask: (imageIds: string[], onAdded?: () => void) => void;
  close: () => void;
};

const nothing = () => {};

export const useCollectionChoice = create<CollectionChoice>()((set) => ({
  imageIds: null,
  onAdded: nothing,
  ask: (imageIds, onAdded = nothing) => set({ imageIds, onAdded }),
  close: () => set({ imageIds: null, onAdded: nothing }),
}));
