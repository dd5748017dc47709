// Makes the link to the chat a drop target: dropped pictures are attached, and hovering opens the chat.
import { type RefObject, useEffect } from 'react';
import { attachReferences } from '../../state/composer/attach-pictures';
import { showView } from '../../state/navigation';
import { useDrag } from '../../state/pictures/drag-pictures';

/** How long dragged pictures hover over the link before the chat opens (ms). */
const restMs = 500;

/** @returns whether dragged pictures are over the link. */
export function useChatTarget(link: RefObject<HTMLElement | null>): boolean {
  const addTarget = useDrag((state) => state.addTarget);
  const isOver = useDrag(({ over }) => over !== null && over === link.current);

  useEffect(() => (link.current ? addTarget(link.current, attachReferences) : undefined), [link, addTarget]);
  useEffect(() => {
    if (!isOver) return;
    const timer = setTimeout(() => showView('chat'), restMs);
    return () => clearTimeout(timer);
  }, [isOver]);
  return isOver;
}
