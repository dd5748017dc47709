// Scrolls the transcript to the store's scroll target: its start, its end, or a message.
import { type RefObject, useEffectEvent, useLayoutEffect, useRef } from 'react';
import type { ScrollTarget } from '../../state/chat/chat-state';
import { useChat } from '../../state/chat/chat-store';

/** Distance between the top of the scroller and the message (CSS pixels). */
const marginPx = 24;

/** A fading tint. */
const highlight: Keyframe[] = [1, 1, 0].map((amount) => ({
  borderRadius: 'var(--radius-picture)',
  backgroundColor: amount ? 'var(--hover)' : 'transparent',
  boxShadow: `0 0 0 12px ${amount ? 'var(--hover)' : 'transparent'}`,
}));

/** @param end as `useStickToEnd` returns it. */
export function useScrollTarget(
  scroller: RefObject<HTMLElement | null>,
  end: { goToEnd: () => void; leaveEnd: () => void },
): void {
  const scrollTarget = useChat((state) => state.scrollTarget);
  const pending = useRef<ScrollTarget | null>(null);

  const scrollToPending = useEffectEvent(() => {
    const element = scroller.current;
    // Elements have no size while another view is shown.
    if (!element || !pending.current || element.clientHeight === 0) return;
    const target = pending.current;
    pending.current = null;
    if (target.to === 'end') end.goToEnd();
    else if (target.to === 'start') element.scrollTop = 0;
    else scrollTo(element, target.id, target.isFound);
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
  const above = isFound ? Math.max(marginPx, (scroller.clientHeight - height) / 2) : marginPx;
  scroller.scrollTop = place - above;
  if (isFound) article.animate(highlight, { duration: 1_800, easing: 'ease-out' });
}
