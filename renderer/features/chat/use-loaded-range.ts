// Keeps the window of messages around what is on screen: looks where it stands, and has the next ones fetched.
import { type RefObject, useEffect, useLayoutEffect } from 'react';
import { useChat } from '../../state/chat/chat-store';
import { countFar, type Edges, nextStep, type View } from './transcript-view';

/** A pause this long in the scrolling is a rest, in milliseconds. */
const restMs = 50;

/** @param column what holds the messages, and nothing else. */
export function useLoadedRange(
  scroller: RefObject<HTMLElement | null>,
  column: RefObject<HTMLElement | null>,
): void {
  // Each page that has come may leave room for another. What is there already is painted first.
  useEffect(() => {
    const later = requestIdleCallback(() => look(scroller.current, column.current, false), { timeout: 200 });
    return () => cancelIdleCallback(later);
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const lookAtRest = () => {
      clearTimeout(rest);
      rest = setTimeout(() => look(element, column.current, true), restMs);
    };
    const onScroll = () => {
      look(element, column.current, false);
      lookAtRest();
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(lookAtRest);
    observer.observe(element);
    return () => {
      clearTimeout(rest);
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [scroller, column]);
  useKeepFocus(scroller);
}

/** @param isAtRest whether the scrolling has paused: only then is another place worth reading. */
function look(scroller: HTMLElement | null, column: HTMLElement | null, isAtRest: boolean): void {
  if (!scroller || !column) return;
  const { order, older, newer, loadOlder, loadNewer, goToIndex } = useChat.getState();
  if (older + newer === 0) return;
  const view = viewOf(scroller, column);
  const step = nextStep(view, { older, held: order.length, newer });
  if (step.do === 'jump' && isAtRest) return void goToIndex(step.index);
  if (step.do === 'nothing') return;
  const articles = [...column.querySelectorAll<HTMLElement>('[data-message-id]')];
  const farSide = step.side === 'older' ? articles.reverse() : articles;
  const drop = countFar(view, edgesOf(scroller, farSide), order.length);
  void (step.side === 'older' ? loadOlder(drop) : loadNewer(drop));
}

function viewOf(scroller: HTMLElement, column: HTMLElement): View {
  const { scrollTop: top, clientHeight: height, scrollHeight } = scroller;
  const origin = scroller.getBoundingClientRect().top - top;
  const box = column.getBoundingClientRect();
  return { top, height, scrollHeight, start: box.top - origin, end: box.bottom - origin };
}

/** Measured one by one, as far as somebody asks. */
function* edgesOf(scroller: HTMLElement, articles: readonly HTMLElement[]): Iterable<Edges> {
  const origin = scroller.getBoundingClientRect().top - scroller.scrollTop;
  for (const article of articles) {
    const { top, bottom } = article.getBoundingClientRect();
    yield { top: top - origin, bottom: bottom - origin };
  }
}

/** When the message with the focus is let go of, the transcript has it: the keys still scroll. */
function useKeepFocus(scroller: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let focused: EventTarget | null = null;
    const onFocus = ({ target }: FocusEvent) => {
      focused = target;
    };
    const observer = new MutationObserver(() => {
      if (!(focused instanceof Node) || focused.isConnected) return;
      focused = null;
      if (document.activeElement === document.body) element.focus({ preventScroll: true });
    });
    element.addEventListener('focusin', onFocus);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      element.removeEventListener('focusin', onFocus);
      observer.disconnect();
    };
  }, [scroller]);
}
