// Every picture there is, in rows under dates, of which only what is near the screen is in the page.
import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { request } from '../../ipc';
import { deletePicture } from '../../picture-actions';
import { formatCount } from '../../ui/format';
import { setFavourite } from '../collections/actions';
import { isWhole, useGallery } from '../gallery-store';
import { idAt, positionOf } from '../picture-index';
import { type Density, groupingFor, rowHeightFor } from './density';
import { rowAtHeight, rowOfPicture, rowsToShow } from './find-row';
import { type Layout, type LayoutOptions, layOut } from './layout';
import { nextPicture } from './next-picture';
import { Scrubber } from './Scrubber';
import { Sections } from './Sections';
import { elementHeight } from './scroll-map';
import styles from './Timeline.module.css';
import { useArrivals } from './use-arrivals';
import { placeOf, useTimelineView } from './use-view';
import { extentOf, movedTo, revealing, type Target, towards } from './view';

/** CSS pixels. */
const gap = 8;
const headHeight = 44;
const sectionGap = 20;
/** Pictures that are described before they come on screen. */
const describeAhead = 100;

export type TimelineHandle = {
  /** Brings a picture on screen and gives it the focus. */
  reveal: (id: string) => void;
};

type Props = {
  /** What shows it, in CSS pixels: the rows' width and the window's height. */
  width: number;
  height: number;
  density: Density;
  onDensity: (by: 1 | -1) => void;
  onOpen: (id: string) => void;
  scroller: React.RefObject<HTMLDivElement | null>;
  ref: Ref<TimelineHandle>;
};

export function Timeline({ width, height, density, onDensity, onOpen, scroller, ref }: Props) {
  const { index, isComplete, query, months, describe } = useGallery();
  const isByDate = query.sort === 'newest' || query.sort === 'oldest';
  const options = useMemo<LayoutOptions>(() => {
    const grouping = groupingFor(density, isByDate);
    return { width, rowHeight: rowHeightFor(density, width, height), gap, headHeight, sectionGap, grouping };
  }, [density, isByDate, width, height]);
  const previous = useRef<Layout | null>(null);
  const layout = useMemo(() => layOut(index, options, previous.current), [index, options]);
  previous.current = layout;

  const [first] = useState<Target | null>(() => {
    const { place } = useGallery.getState();
    return place ? { at: -1, ...place } : null;
  });
  const { view, isFast, hasRested, onScroll, move, latest } = useTimelineView(
    scroller,
    index,
    layout,
    height,
    isComplete,
    first,
    (at) => {
      const place = placeOf(at);
      useGallery.setState({ place });
      // A place that is not kept is no trouble worth a word.
      if (isWhole(query)) void request('settings:set', { galleryPlace: place });
    },
  );
  useEffect(
    () => () => {
      if (!latest.current.target) useGallery.setState({ place: placeOf(latest.current) });
    },
    [latest],
  );
  // The first frame has what is on screen and nothing else.
  const rows = rowsToShow(layout, view.y, view.y + height, hasRested ? view.direction : 'none');
  const grid = useRef<HTMLDivElement>(null);

  // The focus: one picture that Tab comes to, and the arrow keys move on.
  const [focusId, setFocusId] = useState<string | null>(null);
  const takesFocus = useRef(false);
  const lastAt = useRef(0);
  const wantsEnd = useRef(false);
  const foundAt = useMemo(() => (focusId === null ? -1 : positionOf(index, focusId)), [index, focusId]);
  const focusAt = foundAt >= 0 ? foundAt : (view.anchor?.at ?? -1);
  if (foundAt >= 0) lastAt.current = foundAt;
  function goTo(at: number): void {
    const id = idAt(index, at);
    if (id === undefined) return;
    setFocusId(id);
    takesFocus.current = true;
    move((now) => revealing(now, index, at));
  }
  // A tile that goes to another row, or out of sight, is another element: the focus goes with the picture.
  const holdsFocus = useRef(false);
  useLayoutEffect(() => {
    if (!holdsFocus.current || document.activeElement !== document.body) return;
    grid.current?.querySelector<HTMLElement>(`[data-image-id="${focusId}"]`)?.focus({ preventScroll: true });
  });
  useEffect(() => {
    if (!takesFocus.current) return;
    const tile = grid.current?.querySelector<HTMLElement>(`[data-image-id="${focusId}"]`);
    if (!tile) return;
    takesFocus.current = false;
    tile.focus({ preventScroll: true });
  });
  useEffect(() => {
    // What stood behind a deleted picture has taken its place, and takes the focus that went with it.
    if (foundAt < 0 && focusId !== null && holdsFocus.current) {
      goTo(Math.min(lastAt.current, index.length - 1));
    }
    if (wantsEnd.current && isComplete) {
      wantsEnd.current = false;
      goTo(index.length - 1);
    }
  }, [index]);
  useImperativeHandle(ref, () => ({
    reveal(id) {
      const at = positionOf(index, id);
      if (at >= 0) goTo(at);
    },
  }));

  const from = layout.rowFirst[rows.first] ?? 0;
  const to = layout.rowFirst[rows.last + 1] ?? 0;
  useEffect(() => {
    const [start, end] = view.direction === 1 ? [from, to + describeAhead] : [from - describeAhead, to];
    const ids: string[] = [];
    for (let at = Math.max(0, start); at < Math.min(end, index.length); at += 1)
      ids.push(idAt(index, at) ?? '');
    void describe(ids);
  }, [index, from, to, view.direction, describe]);

  useEffect(() => {
    const element = scroller.current;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      if (event.deltaY !== 0) onDensity(event.deltaY < 0 ? 1 : -1);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [scroller, onDensity]);

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const id = event.target.closest('[data-image-id]')?.getAttribute('data-image-id');
    if (id == null) return;
    const at = positionOf(index, id);
    const isButton = event.target.closest('button') !== null;
    if (event.key === '+' || event.key === '=') onDensity(1);
    else if (event.key === '-') onDensity(-1);
    else if (event.key === 'Delete') void deletePicture(id);
    else if (event.key === 'f') void setFavourite([id], !useGallery.getState().tiles.get(id)?.favourite);
    else if ((event.key === 'Enter' || event.key === ' ') && !isButton) onOpen(id);
    else if (event.key === 'End' && !isComplete) {
      wantsEnd.current = true;
      move((now) => towards(now, index, { at: Number.POSITIVE_INFINITY, offset: 0 }, false));
    } else {
      const next = nextPicture(layout, at, event.key, height - headHeight);
      if (next === undefined) return;
      goTo(next);
    }
    event.preventDefault();
  }

  const arrivals = useArrivals(view, index, options.grouping);
  const isOnTheWay = view.target?.id !== undefined;
  return (
    <>
      <div ref={scroller} className={styles['scroller']} onScroll={onScroll} data-scroller>
        {/* biome-ignore lint/a11y/useSemanticElements: a table cannot lay out justified rows; the roles carry the meaning. */}
        <div
          ref={grid}
          className={styles['grid']}
          role="grid"
          aria-label="Gallery"
          aria-rowcount={isComplete ? layout.rows : -1}
          aria-colcount={-1}
          aria-busy={isOnTheWay}
          tabIndex={-1}
          style={{ height: elementHeight(extentOf(view)) }}
          onKeyDown={onKeyDown}
          onClick={(event) => {
            // Selecting many begins here, and at the keys above.
            if (!(event.target instanceof HTMLElement) || event.target.closest('button')) return;
            const id = event.target.closest('[data-image-id]')?.getAttribute('data-image-id');
            if (id == null) return;
            setFocusId(id);
            onOpen(id);
          }}
          onFocus={(event) => {
            holdsFocus.current = true;
            setFocusId(event.target.getAttribute('data-image-id') ?? focusId);
          }}
          onBlur={() => {
            holdsFocus.current = false;
          }}
        >
          {!isOnTheWay && (
            <Sections
              index={index}
              view={view}
              rows={rows}
              mayLoad={isFast ? 'none' : hasRested ? 'all' : 'screen'}
              focusAt={focusAt}
              focusRow={focusAt < 0 ? -1 : rowOfPicture(layout, focusAt)}
            />
          )}
        </div>
      </div>
      {arrivals.count > 0 && (
        <button
          type="button"
          className={styles['arrivals']}
          onClick={() => {
            arrivals.joinAll();
            move((now) => movedTo(now, index, 0));
          }}
        >
          {formatCount(arrivals.count, 'new picture')}
        </button>
      )}
      {isByDate && layout.height > 2 * height && (
        <Scrubber
          index={index}
          months={isWhole(query) && !isComplete ? months : null}
          isOldestFirst={query.sort === 'oldest'}
          at={layout.rowFirst[rowAtHeight(layout, reference(view.y, layout.height, height))] ?? 0}
          onGo={(at) => {
            const target = { at, offset: headHeight };
            move((now) => {
              const row = rowOfPicture(layout, at);
              if (at >= layout.pictures && !isComplete) return towards(now, index, target, false);
              return movedTo(now, index, unreference(layout.rowTop[row] ?? 0, layout.height, height));
            });
          }}
        />
      )}
    </>
  );
}

/** The line that is read off glides from the top of the window to its bottom, so that both ends can be reached. */
function reference(y: number, content: number, height: number): number {
  return y + (y / Math.max(1, content - height)) * height;
}

function unreference(line: number, content: number, height: number): number {
  return line / (1 + height / Math.max(1, content - height));
}
