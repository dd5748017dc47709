// Handles keys and clicks on pictures, which depend on whether any are selected.

import { type KeyboardEvent as KeyPressEvent, useEffect } from 'react';
import { t } from '../../../../shared/languages/translate';
import { type PictureTarget, targetOfImage, targetOfSelection } from '../../../picture/action-target';
import { actionForKey } from '../../../picture/offered-actions';
import { runShortcut } from '../../../picture/run-shortcut';
import { useGallery } from '../../../state/gallery/gallery-store';
import {
  hiddenUnder,
  hiddenUnderSelected,
  isSelectingAll,
  selectedCounts,
  selectedInOrder,
  useSelection,
} from '../../../state/gallery/selection-store';
import { keyOf, matchesShortcut } from '../../../ui/shortcut';
import { toast } from '../../../ui/toasts';

type Modifiers = { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean };

/** Opens the picture, or selects it if other pictures are selected. */
export function clickPicture(event: Modifiers, id: string, onOpen: (id: string) => void): void {
  const { ids, extend, toggle } = useSelection.getState();
  if (event.shiftKey) extend(id);
  else if (event.ctrlKey || event.metaKey || ids.size > 0) toggle(id);
  else onOpen(id);
}

/**
 * @param isButton whether the key was pressed on a button inside the picture, which handles Enter and Space itself.
 * @returns whether the key was handled.
 */
export function pressOnPicture(
  event: KeyPressEvent,
  id: string,
  isButton: boolean,
  onOpen: (id: string) => void,
): boolean {
  const key = keyOf(event);
  const { ids, toggle } = useSelection.getState();
  const target = () => (ids.size > 0 ? targetOfSelected() : targetOfTile(id, onOpen));
  if (isSelectingAll(useSelection.getState()) && actionForKey(event, target()))
    toast(t('gallery.still_selecting'), { ofView: 'current' });
  else if (runShortcut(event, target)) return true;
  else if (event.ctrlKey || event.metaKey || event.altKey) return false;
  else if (key === 'x' || (key === ' ' && ids.size > 0 && !isButton)) toggle(id);
  else if ((key === 'Enter' || key === ' ') && !isButton) onOpen(id);
  else return false;
  return true;
}

/** Returns the target of an action on a tile: the selection if it contains the picture, otherwise the picture. */
export function targetOfTileOrSelection(id: string, onOpen: (id: string) => void): PictureTarget {
  return useSelection.getState().ids.has(id) ? targetOfSelected() : targetOfTile(id, onOpen);
}

function targetOfSelected(): PictureTarget {
  const { clear } = useSelection.getState();
  return targetOfSelection(selectedInOrder, selectedCounts().pictures, {
    ...{ hidden: hiddenUnderSelected, onCollected: clear },
  });
}

/** If a tile's details are not loaded yet, the target has only its id. */
function targetOfTile(id: string, onOpen: (id: string) => void): PictureTarget {
  const open = () => onOpen(id);
  const image = useGallery.getState().tiles.get(id);
  return image
    ? targetOfImage(image, { open })
    : { ...targetOfSelection(() => [id], 1, { hidden: () => hiddenUnder(id) }), open };
}

/** Extends the selection from one picture to another, for navigation keys with Shift. */
export function extendSelection(from: string, to: string): void {
  const { ids, anchor, toggle, extend } = useSelection.getState();
  if (anchor === null || ids.size === 0) toggle(from);
  extend(to);
}

/** Handles Ctrl+A and Escape in the whole gallery, except while typing or while a dialog or menu is open. */
export function useSelectionKeys(): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const { ids, selectAll, clear } = useSelection.getState();
      const { query, setQuery } = useGallery.getState();
      const { target } = event;
      const isTyping = target instanceof Element && target.matches('input, textarea, select');
      if (isTyping || document.querySelector('dialog[open], :popover-open')) return;
      if (matchesShortcut(event, 'Mod+A')) selectAll();
      else if (event.key === 'Escape' && ids.size > 0) clear();
      else if (event.key === 'Escape' && query.stackOf !== null) setQuery({ ...query, stackOf: null });
      else return;
      event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
