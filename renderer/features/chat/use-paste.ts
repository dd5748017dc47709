// Attaches pictures that the user pastes while the chat is on screen.
import { type RefObject, useEffect } from 'react';
import { handlePaste } from '../../state/composer/attach-pictures';
import { isTyping } from '../../ui/text-undo';

/**
 * @param dock the composer.
 * @param isActive whether the chat is on screen.
 */
export function usePaste(dock: RefObject<HTMLElement | null>, isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return;
    const onPaste = (event: ClipboardEvent) => {
      // Other fields, and dialogs over the chat, handle their own paste.
      const { target } = event;
      const isMessage = target instanceof HTMLTextAreaElement && dock.current?.contains(target);
      const isOtherField = isTyping(target) && !isMessage;
      const isElsewhere = isOtherField || document.querySelector('dialog[open]');
      if (!isElsewhere && event.clipboardData && handlePaste(event.clipboardData)) event.preventDefault();
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [dock, isActive]);
}
