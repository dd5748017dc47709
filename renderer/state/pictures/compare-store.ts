// The pictures that are compared side by side.
import { create } from 'zustand';

/** Maximum number of pictures compared side by side. */
export const maxCompared = 4;

type CompareState = {
  /** Empty: nothing is compared. */
  ids: readonly string[];
  show: (ids: readonly string[]) => void;
  /** Takes a picture out of the comparison, which ends with the last but one. */
  remove: (id: string) => void;
  close: () => void;
};

/** Returns what becomes of the comparison by an action on one of its pictures. */
export function placeInComparison(id: string): {
  leave: (why: 'elsewhere' | 'gone') => void;
  comeBack: () => void;
  hidden: () => string[];
} {
  const { ids, remove, close, show } = useCompare.getState();
  return {
    leave: (why) => (why === 'gone' ? remove(id) : close()),
    comeBack: () => show(ids),
    // Each pane is one picture.
    hidden: () => [],
  };
}

export const useCompare = create<CompareState>()((set) => ({
  ids: [],
  show: (ids) => set({ ids: ids.slice(0, maxCompared) }),
  remove: (removed) =>
    set(({ ids }) => {
      const rest = ids.filter((id) => id !== removed);
      return { ids: rest.length > 1 ? rest : [] };
    }),
  close: () => set({ ids: [] }),
}));
