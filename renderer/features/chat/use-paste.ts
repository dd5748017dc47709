// Attaches pictures that the user pastes while the chat is on screen.
import { useEffect } from 'react';
import { takePaste } from '../../state/composer/attach-pictures';

/** @param isActive whether the chat is on screen. */
export function usePaste(isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return;
    const onPaste = (event: ClipboardEvent) => {
      // Another field has its own paste, and so has a dialog over the chat.
      const isElsewhere = event.target instanceof HTMLInputElement || document.querySelector('dialog[open]');
      if (!isElsewhere && event.clipboardData && takePaste(event.clipboardData)) event.preventDefault();
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [isActive]);
}
