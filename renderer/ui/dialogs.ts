// Which dialogs are open, the last one on top: only that one can be reached.
import { create } from 'zustand';

type Dialogs = {
  keys: readonly symbol[];
  /** @returns a function that takes it away again. */
  open: (key: symbol) => () => void;
};

export const useDialogs = create<Dialogs>((set) => ({
  keys: [],
  open(key) {
    set(({ keys }) => ({ keys: [...keys, key] }));
    return () => set(({ keys }) => ({ keys: keys.filter((other) => other !== key) }));
  },
}));
