// Whether the command palette and the list of shortcuts are open.
import { create } from 'zustand';
import { closeDialog } from '../ui/dialogs';

type PaletteState = {
  isOpen: boolean;
  /** The element that had the focus. The palette's actions apply to its picture. */
  opener: Element | null;
  isSheetOpen: boolean;
  open: () => void;
  close: () => void;
  showSheet: (isSheetOpen: boolean) => void;
};

export const usePalette = create<PaletteState>()((set) => ({
  isOpen: false,
  opener: null,
  isSheetOpen: false,
  open: () => set({ isOpen: true, isSheetOpen: false, opener: document.activeElement }),
  close: () => set({ isOpen: false, opener: null }),
  showSheet: (isSheetOpen) => set({ isSheetOpen }),
}));

/** The id of the palette's element. */
export const paletteId = 'commands';

/** Closes the palette, which restores the focus. @returns whether it was open. */
export function closePalette(): boolean {
  const element = document.getElementById(paletteId);
  if (!element) return false;
  closeDialog(element);
  usePalette.getState().close();
  return true;
}
