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

/** Marks a dialog that shows something and holds nothing unfinished: what leads elsewhere closes it. */
export const passing = { 'data-passing': '' } as const;

/** Returns whether a dialog is open in which the user has something to finish first. */
export function isInDialog(): boolean {
  return document.querySelector('dialog[open]:not([data-passing])') !== null;
}

/** Closes all dialogs, so that what is shown behind them can be used. @returns false if one has to be finished first. */
export function leaveDialogs(): boolean {
  if (isInDialog()) return false;
  const open = [...document.querySelectorAll<HTMLDialogElement>('dialog[open]')];
  for (const dialog of open.reverse()) dialog.close();
  return true;
}
