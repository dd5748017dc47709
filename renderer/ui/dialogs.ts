// The stack of open dialogs. Only the topmost one is interactive.
import { create } from 'zustand';

type Dialogs = {
  keys: readonly symbol[];
  /** Returns a function that removes it again. */
  open: (key: symbol) => () => void;
};

export const useDialogs = create<Dialogs>((set) => ({
  keys: [],
  open(key) {
    set(({ keys }) => ({ keys: [...keys, key] }));
    return () => set(({ keys }) => ({ keys: keys.filter((other) => other !== key) }));
  },
}));
