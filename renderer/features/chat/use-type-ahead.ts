// Sends typing to the composer while no field in the chat has the focus, so that no text is lost after a click on a button or
// a picture, or after the focused element was removed.
import { type RefObject, useEffect } from 'react';
import { commandIds, keysOf } from '../../../shared/domain/commands';
import { hasModifier, isMac, matchesShortcut } from '../../ui/shortcut';
import { isTyping } from '../../ui/text-undo';
import { isFreeFor, isInChoice } from './free-keys';

/** @param view the chat's view. The focus has to be inside it, or nowhere. */
export function useTypeAhead(view: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const { target } = event;
      if (event.defaultPrevented || !isCharacter(event) || isTyping(target) || isCommand(event)) return;
      if (!view.current || !(isFreeFor(view.current, target) || isInChoice(view.current, target))) return;
      // The character goes to the element that has the focus after this event.
      view.current.querySelector<HTMLElement>('[data-focus-home]')?.focus({ preventScroll: true });
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [view]);
}

/** Excludes the space bar, which presses buttons and scrolls. On Windows, AltGr is reported as Control and Alt. */
function isCharacter(event: KeyboardEvent): boolean {
  const isPlain = !hasModifier(event) || event.getModifierState('AltGraph');
  return isPlain && [...event.key].length === 1 && event.key !== ' ';
}

function isCommand(event: KeyboardEvent): boolean {
  return commandIds.some((id) => keysOf(id, isMac).some((keys) => matchesShortcut(event, keys)));
}
