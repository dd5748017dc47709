// The gallery's pictures in rows under dates. Only rows near the viewport are rendered.

import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { t } from '../../../../shared/languages/translate';
import { request } from '../../../ipc';
import { openContextMenu } from '../../../picture/menu/picture-menu-store';
import { isWhole } from '../../../state/gallery/filters';
import { useGallery } from '../../../state/gallery/gallery-store';
import { idAt, positionOf } from '../../../state/gallery/picture-index';
import { useSelection } from '../../../state/gallery/selection-store';
import { keyAlongLine } from '../../../ui/direction';
import { keyOf } from '../../../ui/shortcut';
import {
  clickPicture,
  extendSelection,
  pressOnPicture,
  targetOfTileOrSelection,
} from '../selection/selection-keys';
import type { Density } from './density';
import { rowAtHeight, rowOfPicture, rowsToShow } from './find-row';
import type { Rectangle } from './marquee';
import { nextPicture } from './next-picture';
import { Scrubber } from './Scrubber';
import { Sections } from './Sections';
import { elementHeight } from './scroll-map';
import styles from './Timeline.module.css';
import { useDensityWheel } from './use-density-wheel';
import { useEnterKeys } from './use-enter-keys';
import { useFocus } from './use-focus';
import { headHeight, useTimelineLayout } from './use-layout';
import { useMarquee } from './use-marquee';
import { useNewPictures } from './use-new-pictures';
import { placeOf, useTimelineView } from './use-view';
import { extentOf, movedTo, type Target, towards, type View } from './view';

/** Number of pictures beyond the viewport whose details are loaded in advance. */
const describeAhead = 100;

export type TimelineHandle = {
  /** Scrolls a picture into view and focuses it. */
  reveal: (id: string) => void;
};

type Props = {
  /** The width of the rows with the margins beside them, and the height of the viewport, in CSS pixels. */
  width: number;
  height: number;
  density: Density;
  onDensity: (by: 1 | -1) => void;
  onOpen: (id: string) => void;
  scroller: React.RefObject<HTMLDivElement | null>;
  ref: Ref<TimelineHandle>;
};

export function Timeline({ width, height, density, onDensity, onOpen, scroller, ref }: Props) {
  const gallery = useGallery();
  const { index, isComplete, query, months, describeVisible, rememberPlace } = gallery;
  const { layout, hasScrubber } = useTimelineLayout(width, height, density);
  const [first] = useState<Target | null>(() => {
    const { place } = useGallery.getState();
    return place ? { at: -1, ...place } : null;
  });
  const { view, isFast, hasRested, onScroll, move, latest } = useTimelineView(
    scroller,
    gallery,
    { layout, height },
    { first, onRest },
  );
  function onRest(at: View): void {
    const place = placeOf(at);
    rememberPlace(place);
    // A failure only costs the place at the next start, so it is not reported.
    if (isWhole(query)) void request('view-state:set', { galleryPlace: place });
  }
  useEffect(
    () => () => {
      if (!latest.current.target) rememberPlace(placeOf(latest.current));
    },
    [latest, rememberPlace],
  );
  // The first frame renders only what is visible.
  const rows = rowsToShow(layout, view.y, view.y + height, hasRested ? view.direction : 'none');
  const grid = useRef<HTMLDivElement>(null);

  const [focusedId] = useState(() => useGallery.getState().focusedId);
  const focus = useFocus(grid, gallery, view, move, focusedId);
  const { focusAt, goTo } = focus;
  const marquee = useMarquee(scroller, grid, latest, index);
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
    describeVisible(ids);
  }, [index, from, to, view.direction, describeVisible]);

  useDensityWheel(scroller, onDensity);

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (!(event.target instanceof HTMLElement)) return;
    const id = event.target.closest('[data-image-id]')?.getAttribute('data-image-id');
    if (id == null) return;
    const isButton = event.target.closest('button') !== null;
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
    const key = keyOf(event);
    if (pressOnPicture(event, id, isButton, onOpen)) {
      // The key was handled.
    } else if (hasModifier) return;
    else if (key === '+' || key === '=') onDensity(1);
    else if (key === '-') onDensity(-1);
    else if (!goByKey(event, positionOf(index, id))) return;
    event.preventDefault();
  }

  /** @returns whether the key leads from a picture to another one. */
  function goByKey({ key, shiftKey }: { key: string; shiftKey: boolean }, at: number): boolean {
    const id = idAt(index, at);
    if (id === undefined) return false;
    if (key === 'End' && !isComplete) {
      focus.goToEnd((lastId) => shiftKey && extendSelection(id, lastId));
      move((now) => towards(now, gallery, { at: Number.POSITIVE_INFINITY, offset: 0 }));
      return true;
    }
    const next = nextPicture(layout, at, keyAlongLine(key), height - headHeight);
    const nextId = next === undefined ? undefined : idAt(index, next);
    if (next === undefined || nextId === undefined) return false;
    if (shiftKey) extendSelection(id, nextId);
    goTo(next);
    return true;
  }
  useEnterKeys(
    grid,
    () => goTo(Math.max(0, focusAt)),
    (event) => goByKey(event, Math.max(0, focusAt)),
  );

  const isSelecting = useSelection(({ ids }) => ids.size > 0);
  const newPictures = useNewPictures(view, index, layout.options.grouping);
  const isSeekingTarget = view.target?.id !== undefined;
  return (
    <>
      <div
        ref={scroller}
        className={styles['scroller']}
        onScroll={onScroll}
        onPointerDown={marquee.onPointerDown}
        data-scroller
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a table cannot lay out justified rows; the roles carry the meaning. */}
        <div
          ref={grid}
          className={styles['grid']}
          role="grid"
          aria-label={t('gallery.title')}
          aria-rowcount={isComplete ? layout.rows : -1}
          aria-colcount={-1}
          aria-busy={isSeekingTarget}
          aria-multiselectable
          data-selecting={isSelecting || undefined}
          data-scrubber={hasScrubber}
          tabIndex={-1}
          style={{ height: elementHeight(extentOf(view)) }}
          onKeyDown={onKeyDown}
          onClick={(event) => {
            if (!(event.target instanceof HTMLElement) || event.target.closest('button')) return;
            const id = event.target.closest('[data-image-id]')?.getAttribute('data-image-id');
            if (id == null) return;
            focus.setFocusId(id);
            clickPicture(event, id, onOpen);
          }}
          onContextMenu={(event) => {
            const element = event.target instanceof Element ? event.target.closest('[data-image-id]') : null;
            const id = element?.getAttribute('data-image-id');
            if (id == null) return;
            focus.setFocusId(id);
            openContextMenu(event, () => targetOfTileOrSelection(id, onOpen));
          }}
          {...focus.handlers}
        >
          {!isSeekingTarget && (
            <Sections
              index={index}
              view={view}
              rows={rows}
              isResting={hasRested && !isFast}
              mayLoad={isFast ? 'none' : hasRested ? 'all' : 'screen'}
              focusAt={focusAt}
              focusRow={focusAt < 0 ? -1 : rowOfPicture(layout, focusAt)}
            />
          )}
        </div>
      </div>
      {marquee.drawn && <MarqueeBox box={marquee.drawn} />}
      {newPictures.count > 0 && (
        <button
          type="button"
          className={styles['newPictures']}
          onClick={() => {
            newPictures.joinAll();
            move((now) => movedTo(now, index, 0));
          }}
        >
          {t('gallery.new_pictures', { count: newPictures.count })}
        </button>
      )}
      {hasScrubber && (
        <Scrubber
          index={index}
          months={isWhole(query) && !isComplete ? months : null}
          isOldestFirst={query.sort === 'oldest'}
          at={layout.rowFirst[rowAtHeight(layout, reference(view.y, layout.height, height))] ?? 0}
          onGo={(at) => {
            const target = { at, offset: headHeight };
            move((now) => {
              const row = rowOfPicture(layout, at);
              if (at >= layout.pictures && !isComplete) return towards(now, gallery, target);
              return movedTo(now, index, unreference(layout.rowTop[row] ?? 0, layout.height, height));
            });
          }}
        />
      )}
    </>
  );
}

function MarqueeBox({ box: { left, top, right, bottom } }: { box: Rectangle }) {
  const style = { insetInlineStart: left, top, width: right - left, height: bottom - top };
  return <div className={styles['marquee']} style={style} aria-hidden />;
}

/** The reference line moves from the top of the viewport to its bottom, so that the scrubber reaches both ends. */
function reference(y: number, content: number, height: number): number {
  return y + (y / Math.max(1, content - height)) * height;
}

function unreference(line: number, content: number, height: number): number {
  return line / (1 + height / Math.max(1, content - height));
}
