// Runs an action of the list by its shortcut, on the picture that a place has focused or open.
import type { KeyboardEvent } from 'react';
import type { PictureTarget } from './action-target';
import { actionForKey } from './offered-actions';

/** @returns whether the key press was the shortcut of an action. */
export function runShortcut(event: KeyboardEvent, target: () => PictureTarget): boolean {
  const { target: element } = event;
  if (element instanceof Element && element.matches('input, textarea, select, [contenteditable]'))
    return false;
  // A selected text is what the user wants to copy.
  const hasText = (event.ctrlKey || event.metaKey) && !(getSelection()?.isCollapsed ?? true);
  const action = hasText ? undefined : actionForKey(event, target());
  if (!action) return false;
  event.preventDefault();
  // A held key must not make pictures, or delete one after the other.
  if (!event.repeat) action.run();
  return true;
}
