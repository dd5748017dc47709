// Attaches pictures that are dragged from elsewhere in the window: anywhere on the chat, or from the chat to its composer.
import { type RefObject, useEffect } from 'react';
import { attachReferences } from '../../state/composer/attach-pictures';
import { useDrag } from '../../state/pictures/drag-pictures';

/**
 * @param dock the composer.
 * @returns whether a drop would attach now.
 */
export function usePictureDrop(
  view: RefObject<HTMLElement | null>,
  dock: RefObject<HTMLElement | null>,
): boolean {
  const addTarget = useDrag((state) => state.addTarget);
  const over = useDrag((state) => state.over);

  useEffect(() => {
    if (!view.current || !dock.current) return;
    const chat = view.current;
    const removeDock = addTarget(dock.current, attachReferences);
    // A small accidental drag of a picture in the conversation must not attach it.
    const removeChat = addTarget(chat, attachReferences, (origin) => !chat.contains(origin));
    return () => {
      removeDock();
      removeChat();
    };
  }, [view, dock, addTarget]);

  return over !== null && (over === view.current || over === dock.current);
}
