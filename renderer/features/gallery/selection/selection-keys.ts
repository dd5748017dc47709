// Handles keys and clicks on pictures, which depend on whether any are selected.
import { useEffect } from 'react';
import { actionForKey } from '../../../picture/action-list';
import { targetOfIds } from '../../../picture/action-target';
import { isSelectingAll, selectedInOrder, useSelection } from '../../../state/gallery/selection-store';
import { matchesShortcut } from '../../../ui/shortcut';
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
  key: string,
  id: string,
  isButton: boolean,
  onOpen: (id: string) => void,
): boolean {
  const { ids, toggle } = useSelection.getState();
  const action = actionForKey(key);
  if (action && isSelectingAll(useSelection.getState()))
    toast('All pictures are still being selected. Try again in a moment.');
  else if (action) action.run(targetOfIds(() => (ids.size > 0 ? selectedInOrder() : [id])));
  else if (key === 'x' || (key === ' ' && ids.size > 0 && !isButton)) toggle(id);
  else if ((key === 'Enter' || key === ' ') && !isButton) onOpen(id);
  else return false;
  return true;
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
      const { target } = event;
      const isTyping = target instanceof Element && target.matches('input, textarea, select');
      if (isTyping || document.querySelector('dialog[open], :popover-open')) return;
      if (matchesShortcut(event, 'Mod+A')) selectAll();
      else if (event.key === 'Escape' && ids.size > 0) clear();
      else return;
      event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
