// Handles scrolling of the list of conversations: the visible rows, loading more near the end, and requesting covers.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { useChat } from '../../state/chat/chat-store';
import { useCovers } from './covers-store';
import { type ListLayout, visibleGroups } from './list-layout';

/** CSS pixels. */
export type ListView = { top: number; height: number };

/** More rows are loaded when less than this is left below the visible part (CSS pixels). */
const nearEndPx = 2000;
/** Pause in scrolling after which pictures are requested, so that rows that scroll past need none (ms). */
const restMs = 80;

/** Scroll position to restore, because the list is unmounted while the gallery is open. */
let keptTop = 0;

/** @param search the text whose results are listed; null if the list shows all conversations. */
export function useListScroll(
  list: RefObject<HTMLElement | null>,
  layout: ListLayout,
  search: string | null,
) {
  const [view, setView] = useState<ListView>({ top: keptTop, height: 800 });
  const ask = useCovers((state) => state.ask);
  const covers = useCovers((state) => state.covers);
  const outdated = useCovers((state) => state.outdated);
  const hasMore = useChat((state) => state.hasMoreConversations);
  const loadMore = useChat((state) => state.loadMoreConversations);

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    element.scrollTop = keptTop;
    const measure = () => {
      const now = { top: element.scrollTop, height: element.clientHeight };
      keptTop = now.top;
      setView((known) => (known.top === now.top && known.height === now.height ? known : now));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [list]);

  // The results for another text are a new list, which starts at its top.
  useLayoutEffect(() => {
    if (search !== null) list.current?.scrollTo(0, 0);
  }, [list, search]);

  const isNearEnd = search === null && hasMore && view.top + view.height + nearEndPx > layout.height;
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each layout, because a page may be shorter than the space to fill.
  useEffect(() => {
    if (isNearEnd) void loadMore();
  }, [isNearEnd, loadMore, layout]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each change of the covers, to request outdated ones again.
  useEffect(() => {
    const timer = setTimeout(() => {
      const rows = visibleGroups(layout, view.top, view.top + view.height).flatMap((group) => group.rows);
      requestIdleCallback(() => void ask(rows.map(({ id }) => id)));
    }, restMs);
    return () => clearTimeout(timer);
  }, [layout, view, ask, covers, outdated]);

  const scrollTo = useCallback(
    (target: (now: ListView) => number) => {
      const element = list.current;
      if (!element) return;
      element.scrollTop = target({ top: element.scrollTop, height: element.clientHeight });
    },
    [list],
  );

  return { view, scrollTo };
}
