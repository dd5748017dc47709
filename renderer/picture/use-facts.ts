// The open picture's recipe, and whether its panel is open.
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import type { RecipeFacts } from '../../shared/contract/pictures';
import { request } from '../ipc';

const key = 'recipe-panel';

/** Stored in localStorage, inside the data folder. */
export const usePanel = create<{ isOpen: boolean; toggle: () => void }>((set, get) => ({
  isOpen: localStorage.getItem(key) !== 'closed',
  toggle() {
    const isOpen = !get().isOpen;
    localStorage.setItem(key, isOpen ? 'open' : 'closed');
    set({ isOpen });
  },
}));

/** Returns null until the recipe is loaded. @param imageId null: nothing is loaded. */
export function useFacts(imageId: string | null): RecipeFacts | null {
  const [known, setKnown] = useState<{ imageId: string; facts: RecipeFacts } | null>(null);
  useEffect(() => {
    if (imageId === null) return;
    let isGone = false;
    void request('images:facts', { imageId }).then((reply) => {
      if (!isGone && reply.ok) setKnown({ imageId, facts: reply.value });
    });
    return () => {
      isGone = true;
    };
  }, [imageId]);
  return known !== null && known.imageId === imageId ? known.facts : null;
}
