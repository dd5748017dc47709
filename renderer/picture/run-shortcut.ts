// Runs an action of the list by its shortcut, on the focused or open picture.
import type { KeyboardEvent } from 'react';
import type { PictureTarget } from './action-target';
import { actionForKey } from './offered-actions';

/** @returns whether the key press was the shortcut of an action. */
export function runShortcut(event: KeyboardEvent, target: () => PictureTarget): boolean {
  const { target: element } = event;
  if (element instanceof Element && element.matches('input, textarea, select, [contenteditable]'))
    return false;
  // If text is selected, the user wants to copy the text.
  const hasText = (event.ctrlKey || event.metaKey) && !(getSelection()?.isCollapsed ?? true);
  const action = hasText ? undefined : actionForKey(event, target());
  if (!action) return false;
  event.preventDefault();
  // A held key must not make or delete several pictures.
  if (!event.repeat) action.run();
  return true;
}
