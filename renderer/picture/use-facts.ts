// The open picture's recipe, and whether its panel is open.
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import type { RecipeFacts } from '../../shared/contract/pictures';
import { request } from '../ipc';
import { isNarrow, onNarrow } from '../ui/narrow';

const key = 'recipe-panel';

/** Stored in localStorage, inside the data folder. In a narrow window, the panel covers the picture and starts closed. */
export const usePanel = create<{ isOpen: boolean; toggle: () => void }>((set, get) => ({
  isOpen: isShownBeside(),
  toggle() {
    const isOpen = !get().isOpen;
    if (!isNarrow()) localStorage.setItem(key, isOpen ? 'open' : 'closed');
    set({ isOpen });
  },
}));

onNarrow(() => usePanel.setState({ isOpen: isShownBeside() }));

function isShownBeside(): boolean {
  return !isNarrow() && localStorage.getItem(key) !== 'closed';
}

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
