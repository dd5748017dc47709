// The pictures that are compared side by side.
import { create } from 'zustand';

/** Maximum number of pictures compared side by side. */
export const maxCompared = 4;

type CompareState = {
  /** Empty while the comparison is closed. */
  ids: readonly string[];
  show: (ids: readonly string[]) => void;
  /** Whether an action has closed it, and not the user. Undoing that action reopens it. */
  hasEnded: boolean;
  /** Removes a picture from the comparison, which closes when only one is left. */
  remove: (id: string) => void;
  /** Closes the comparison because of an action. */
  end: () => void;
  /** Closes the comparison at the user's request. */
  close: () => void;
};

/** Returns the callbacks with which actions on one of its pictures change the comparison. */
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
    // Each pane shows a single picture, without the others of its stack.
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
