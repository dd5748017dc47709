// The stack of open dialogs. Only the topmost one is interactive.
import { create } from 'zustand';

type OpenDialog = {
  key: symbol;
  element: HTMLDialogElement;
  /** Closes the element and its state at once. */
  close: () => void;
  /** The notices that stay where they are, outside it. */
  noticesBehind: ReadonlySet<number>;
};

type Dialogs = {
  dialogs: readonly OpenDialog[];
  /** Adds a dialog. Returns a function that removes it again. */
  open: (dialog: OpenDialog) => () => void;
};

export const useDialogs = create<Dialogs>((set) => ({
  dialogs: [],
  open(dialog) {
    set(({ dialogs }) => ({ dialogs: [...dialogs, dialog] }));
    return () => set(({ dialogs }) => ({ dialogs: dialogs.filter((other) => other !== dialog) }));
  },
}));

/**
 * Returns the dialog that shows a notice: the topmost one, unless the notice was there before it and is still visible beside
 * it. Undefined for a notice of the app itself.
 */
export function placeOfNotice(
  id: number,
  dialogs: readonly Pick<OpenDialog, 'key' | 'noticesBehind'>[],
): symbol | undefined {
  return dialogs.findLast(({ noticesBehind }) => !noticesBehind.has(id))?.key;
}

/** Marks a dialog that holds no unfinished work, so that navigation may close it. */
export const closesOnNavigation = { 'data-passing': '' } as const;

/** Returns whether a dialog with possibly unfinished work is open. */
export function hasUnfinishedDialog(): boolean {
  return document.querySelector('dialog[open]:not([data-passing])') !== null;
}

/** Closes all dialogs, so that the view behind them can be used. @returns false if one has to be finished first. */
export function closeDialogs(): boolean {
  if (hasUnfinishedDialog()) return false;
  for (const { close } of useDialogs.getState().dialogs.toReversed()) close();
  return true;
}

/** Closes the dialog around an element, and the dialogs above it. */
export function closeDialog(element: Element): void {
  const { dialogs } = useDialogs.getState();
  const at = dialogs.findIndex((dialog) => dialog.element === element);
  if (at >= 0) for (const { close } of dialogs.slice(at).toReversed()) close();
}
