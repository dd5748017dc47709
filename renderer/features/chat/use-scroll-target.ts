// Takes the transcript where it was sent: to its start, its end, or a message.
import { type RefObject, useEffectEvent, useLayoutEffect, useRef } from 'react';
import type { ScrollTarget } from '../../state/chat/chat-state';
import { useChat } from '../../state/chat/chat-store';

/** Room over a message that is shown at the top. */
const margin = 24;

/** A tint that goes away by itself; nothing moves. */
const mark: Keyframe[] = [1, 1, 0].map((amount) => ({
  borderRadius: 'var(--radius-picture)',
  backgroundColor: amount ? 'var(--hover)' : 'transparent',
  boxShadow: `0 0 0 12px ${amount ? 'var(--hover)' : 'transparent'}`,
}));

/** @param end how to go to the end and how to leave it, as `useStickToEnd` says. */
export function useScrollTarget(
  scroller: RefObject<HTMLElement | null>,
  end: { goToEnd: () => void; leaveEnd: () => void },
): void {
  const scrollTarget = useChat((state) => state.scrollTarget);
  const pending = useRef<ScrollTarget | null>(null);

  const scrollToPending = useEffectEvent(() => {
    const element = scroller.current;
    // While another view is on screen nothing here has a place yet.
    if (!element || !pending.current || element.clientHeight === 0) return;
    const goal = pending.current;
    pending.current = null;
    if (goal.to === 'end') end.goToEnd();
    else if (goal.to === 'start') element.scrollTop = 0;
    else scrollTo(element, goal.id, goal.isFound);
  });
  const leaveEnd = useEffectEvent(() => end.leaveEnd());

  useLayoutEffect(() => {
    pending.current = scrollTarget;
    if (scrollTarget && scrollTarget.to !== 'end') leaveEnd();
    scrollToPending();
  }, [scrollTarget]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => scrollToPending());
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
}

function scrollTo(scroller: HTMLElement, id: string, isFound: boolean): void {
  const article = scroller.querySelector<HTMLElement>(`[data-message-id="${id}"]`);
  if (!article) return;
  const { top, height } = article.getBoundingClientRect();
  const place = scroller.scrollTop + top - scroller.getBoundingClientRect().top;
  const above = isFound ? Math.max(margin, (scroller.clientHeight - height) / 2) : margin;
  scroller.scrollTop = place - above;
  if (isFound) article.animate(mark, { duration: 1_800, easing: 'ease-out' });
}
