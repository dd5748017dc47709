// The pictures that are compared side by side.
import { create } from 'zustand';

/** Maximum number of pictures compared side by side. */
export const maxCompared = 4;

type CompareState = {
  /** Empty: nothing is compared. */
  ids: readonly string[];
  show: (ids: readonly string[]) => void;
  /** Whether an action has ended it, and not the user: to undo that comes back to it. */
  hasEnded: boolean;
  /** Takes a picture out of the comparison, which ends with the last but one. */
  remove: (id: string) => void;
  /** An action has ended it. */
  end: () => void;
  /** The user has closed it. */
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
    comeBack() {
      const { ids: left, hasEnded } = useCompare.getState();
      const isTheSame = left.every((each) => ids.includes(each));
      if (isTheSame && (left.length > 0 || hasEnded)) show(ids);
    },
    // Each pane is one picture.
    hidden: () => [],
  };
}

export const useCompare = create<CompareState>()((set) => ({
  ids: [],
  hasEnded: false,
  show: (ids) => set({ ids: ids.slice(0, maxCompared), hasEnded: false }),
  remove: (removed) =>
    set(({ ids }) => {
      const rest = ids.filter((id) => id !== removed);
      return rest.length > 1 ? { ids: rest } : { ids: [], hasEnded: true };
    }),
  end: () => set({ ids: [], hasEnded: true }),
  close: () => set({ ids: [], hasEnded: false }),
}));
