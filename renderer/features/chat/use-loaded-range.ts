// Keeps the messages around the visible part loaded as the user scrolls.
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useChat } from '../../state/chat/chat-store';
import { countFar, countHidden, type Edges, maxLoaded, nextStep, type View } from './transcript-view';

/** Time without a scroll event that counts as a pause (ms). */
const pauseMs = 50;

/**
 * @param column the element that contains the loaded messages and nothing else.
 * @param isAtEnd whether the transcript was at its end when it was last visible.
 */
export function useLoadedRange(
  scroller: RefObject<HTMLElement | null>,
  column: RefObject<HTMLElement | null>,
  isAtEnd: boolean,
): void {
  const isPlanned = useRef(false);
  const endIsShown = useRef(isAtEnd);
  useLayoutEffect(() => {
    endIsShown.current = isAtEnd;
  });
  // A loaded page may not be enough, and messages that arrived may be too many. The check waits until they are painted.
  useEffect(() => {
    if (isPlanned.current) return;
    isPlanned.current = true;
    const check = () => {
      isPlanned.current = false;
      if (scroller.current?.clientHeight === 0) unloadHidden(endIsShown.current);
      else loadAround(scroller.current, column.current, false);
    };
    requestIdleCallback(check, { timeout: 200 });
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let pause: ReturnType<typeof setTimeout> | undefined;
    const loadAtPause = () => {
      clearTimeout(pause);
      pause = setTimeout(() => loadAround(element, column.current, true), pauseMs);
    };
    const onScroll = () => {
      loadAround(element, column.current, false);
      loadAtPause();
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(loadAtPause);
    observer.observe(element);
    return () => {
      clearTimeout(pause);
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [scroller, column]);
  useKeepFocus(scroller);
}

/** @param isPaused whether scrolling has paused; jumps to another position wait for that. */
function loadAround(scroller: HTMLElement | null, column: HTMLElement | null, isPaused: boolean): void {
  if (!scroller || !column) return;
  const { order, older, newer, loadOlder, loadNewer, goToIndex, unload } = useChat.getState();
  if (older + newer === 0 && order.length <= maxLoaded) return;
  const view = viewOf(scroller, column);
  const step = nextStep(view, { older, loaded: order.length, newer });
  if (step.do === 'jump' && isPaused)
    return void goToIndex(step.index, () => scroller.scrollTop === view.top);
  if (step.do !== 'nothing') {
    // Counts once the page has loaded, because the user may have scrolled to messages that were far away.
    return void (step.side === 'older'
      ? loadOlder(() => countFarAt('end', scroller, column))
      : loadNewer(() => countFarAt('start', scroller, column)));
  }
  if (order.length <= maxLoaded) return;
  const first = countFarAt('start', scroller, column);
  const last = countFarAt('end', scroller, column, order.length - first);
  if (first + last > 0) unload(first, last);
}

/** @param loaded how many messages are loaded, or stay loaded. */
function countFarAt(
  side: 'start' | 'end',
  scroller: HTMLElement,
  column: HTMLElement,
  loaded = useChat.getState().order.length,
): number {
  const articles = [...column.querySelectorAll<HTMLElement>('[data-message-id]')];
  const inwards = side === 'start' ? articles : articles.reverse();
  return countFar(viewOf(scroller, column), edgesOf(scroller, inwards), loaded);
}

/** Limits the number of rendered messages while another view is open. */
function unloadHidden(isAtEnd: boolean): void {
  const { order, unload } = useChat.getState();
  const { first, last } = countHidden(order.length, isAtEnd);
  if (first + last > 0) unload(first, last);
}

function viewOf(scroller: HTMLElement, column: HTMLElement): View {
  const { scrollTop: top, clientHeight: height, scrollHeight } = scroller;
  const origin = scroller.getBoundingClientRect().top - top;
  const box = column.getBoundingClientRect();
  return { top, height, scrollHeight, start: box.top - origin, end: box.bottom - origin };
}

/** Measures lazily: `countFar` stops at the first message that is near. */
function* edgesOf(scroller: HTMLElement, articles: readonly HTMLElement[]): Iterable<Edges> {
  const origin = scroller.getBoundingClientRect().top - scroller.scrollTop;
  for (const article of articles) {
    const { top, bottom } = article.getBoundingClientRect();
    yield { top: top - origin, bottom: bottom - origin };
  }
}

/** Moves the focus to the transcript when the focused message is unloaded, so that keys still scroll. */
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
