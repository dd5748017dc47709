// The open menu of a picture's actions.
import type { MouseEvent } from 'react';
import { create } from 'zustand';
import type { MenuPlace } from '../../ui/Menu';
import type { PictureTarget } from '../action-target';
import { offeredSections } from '../offered-actions';

export type OpenMenu = {
  /** Unique for each opened menu. */
  key: number;
  /** Called for each render, so that the items follow changes. */
  target: () => PictureTarget;
  place: MenuPlace;
  /** The dialog or view that contains the menu, because everything outside a modal dialog is inert. */
  container: Element;
};

type PictureMenuState = {
  menu: OpenMenu | null;
  show: (menu: Omit<OpenMenu, 'key'>) => void;
  close: () => void;
};

export const usePictureMenu = create<PictureMenuState>()((set) => ({
  menu: null,
  show: (menu) => set((state) => ({ menu: { ...menu, key: (state.menu?.key ?? 0) + 1 } })),
  close: () => set({ menu: null }),
}));

/** Opens the menu at the place of a `contextmenu` event: the pointer, or the focused element for the keyboard. */
export function openContextMenu(event: MouseEvent<Element>, target: () => PictureTarget): void {
  event.preventDefault();
  event.stopPropagation();
  if (offeredSections(target()).length === 0) return;
  const { clientX: left, clientY: top, currentTarget } = event;
  show(currentTarget, { left, right: left, top, bottom: top }, target);
}

/** Opens the menu beside a button. */
export function openMenuBeside(button: Element, target: () => PictureTarget): void {
  show(button, button.getBoundingClientRect(), target);
}

function show(from: Element, place: MenuPlace, target: () => PictureTarget): void {
  usePictureMenu.getState().show({ target, place, container: from.closest('dialog, main') ?? document.body });
}
