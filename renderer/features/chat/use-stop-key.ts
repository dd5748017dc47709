// Escape in the chat stops the newest work, unless an open panel or a text field handles the key first.
import { type RefObject, useEffect } from 'react';
import { stopNewest } from '../../state/chat/stop-answers';
import { isFreeFor } from './free-keys';

/** @param view the chat's view. The focus has to be inside it, or nowhere. */
export function useStopKey(view: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (!view.current || !isFreeFor(view.current, event.target)) return;
      // A held key stops only the newest work, and not earlier requests.
      if (!event.repeat && stopNewest()) event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [view]);
}
