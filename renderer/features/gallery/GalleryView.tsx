// The gallery view: the search bar, and below it the matching pictures.

import { ImageOff, Layers, Trash2, ZoomIn, ZoomOut } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { galleryDensities } from '../../../shared/domain/view-state';
import { t } from '../../../shared/languages/translate';
import { OpenPicture } from '../../picture/lightbox/OpenPicture';
import { useGallery } from '../../state/gallery/gallery-store';
import { neighboursOf } from '../../state/gallery/picture-index';
import { countHidden } from '../../state/gallery/stacks';
import { useViewState } from '../../state/view-state';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { EmptyGallery } from './EmptyGallery';
import styles from './GalleryView.module.css';
import { SearchBar } from './search/SearchBar';
import { SelectionBar } from './selection/SelectionBar';
import { Timeline, type TimelineHandle } from './timeline/Timeline';

type Props = {
  /** The button that imports pictures. */
  importButton: ReactNode;
  isImporting: boolean;
};

export function GalleryView({ importButton, isImporting }: Props) {
  const { index, stacks, state, isComplete, query, setQuery, open, close } = useGallery();
  const isStacked = useViewState(({ viewState }) => viewState.galleryStacks);
  const setStacked = useGallery((state) => state.setStacked);
  useEffect(() => setStacked(isStacked), [isStacked, setStacked]);
  const density = useViewState(({ viewState }) => viewState.galleryDensity);
  const changeViewState = useViewState(({ change }) => change);
  const [openId, setOpenId] = useState<string | null>(null);
  const timeline = useRef<TimelineHandle>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { room, size } = useSize();

  useEffect(() => {
    open(useViewState.getState().viewState.galleryPlace);
    return close;
  }, [open, close]);

  const zoom = useCallback(
    (by: 1 | -1) => {
      const now = galleryDensities.indexOf(useViewState.getState().viewState.galleryDensity);
      const next = galleryDensities[now - by];
      if (next) void changeViewState({ galleryDensity: next });
    },
    [changeViewState],
  );

  const isEmpty = index.length === 0 && state === 'ready' && isComplete;
  return (
    <main className={styles['view']} aria-label={t('gallery.title')}>
      <header className={styles['head']}>
        <h1>{t('gallery.title')}</h1>
        <SearchBar query={query} onChange={setQuery} />
        {importButton}
        <a className={styles['trash']} href="#/trash" title={t('gallery.trash')}>
          <Trash2 size={16} strokeWidth={1.75} aria-hidden />
          <span>{t('gallery.trash')}</span>
        </a>
        <div className={styles['zoom']}>
          <IconButton
            icon={Layers}
            label={t('gallery.stack_duplicates')}
            title={t('gallery.stack_duplicates_hint')}
            aria-pressed={isStacked}
            onClick={() => void changeViewState({ galleryStacks: !isStacked })}
          />
          <IconButton
            isRepeatable
            icon={ZoomOut}
            label={t('gallery.smaller')}
            disabled={density === galleryDensities.at(-1)}
            onClick={() => zoom(-1)}
          />
          <IconButton
            isRepeatable
            icon={ZoomIn}
            label={t('gallery.larger')}
            disabled={density === galleryDensities[0]}
            onClick={() => zoom(1)}
          />
        </div>
      </header>
      <div ref={room} className={styles['room']}>
        {state === 'failed' ? (
          <Failed />
        ) : isEmpty ? (
          <EmptyGallery isImporting={isImporting} />
        ) : index.length === 0 || !size ? (
          <Loading />
        ) : (
          <Timeline
            key={JSON.stringify(query)}
            ref={timeline}
            scroller={scroller}
            width={size.width}
            height={size.height}
            density={density}
            onDensity={zoom}
            onOpen={setOpenId}
          />
        )}
        <SelectionBar />
      </div>
      {openId !== null && (
        <OpenPicture
          id={openId}
          neighbours={neighboursOf(index, openId, isComplete, countHidden(stacks))}
          onOpen={setOpenId}
          onLeave={() => timeline.current?.reveal(openId)}
          onClose={() => {
            setOpenId(null);
            timeline.current?.reveal(openId);
          }}
        />
      )}
    </main>
  );
}

/** Returns the element to measure, and its size inside the scrollbar, which is null before it is measured. */
function useSize() {
  const room = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return;
    const measure = () => {
      const width = Math.max(120, element.clientWidth - scrollbarPx);
      const height = Math.max(100, element.clientHeight);
      setSize((known) => (known?.width === width && known.height === height ? known : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { room, size };
}

/** Width of the scrollbar, as in ui/base.css. */
const scrollbarPx = 10;

function Failed() {
  const { problem, load } = useGallery();
  return (
    <div className={styles['nothing']} role="alert">
      <ImageOff size={18} strokeWidth={1.75} aria-hidden />
      <p>{problem}</p>
      <Button onClick={() => void load()}>{t('gallery.try_again')}</Button>
    </div>
  );
}

/** Rows of empty boxes. The style shows them only if loading takes noticeably long. */
function Loading() {
  return (
    <div className={styles['loading']} role="status" aria-label={t('gallery.loading')}>
      {[1.5, 1, 0.7, 1.3, 1.8, 0.7, 1.5, 1, 1.5, 0.7, 1, 1.3].map((ratio, at) => (
        <span key={at} style={{ flexGrow: ratio, flexBasis: `${ratio * 200}px` }} />
      ))}
    </div>
  );
}
