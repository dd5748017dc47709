// Escape in the chat stops what is being made, unless something else that is open or being written takes the key first.
import { type RefObject, useEffect } from 'react';
import { stopNewest } from '../../state/chat/stop-answers';
import { isFreeFor } from './free-keys';

/** @param view the chat's view, where the focus is or nowhere. */
export function useStopKey(view: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (!view.current || !isFreeFor(view.current, event.target)) return;
      // A held key stops what is being made now, and not what was asked for before.
      if (!event.repeat && stopNewest()) event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [view]);
}
