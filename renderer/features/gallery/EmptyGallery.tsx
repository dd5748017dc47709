// The gallery without pictures: an explanation and the next step.
import { ImageOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { type NamedTime, readNearestTime } from '../../picture/dates/named-times';
import { picturesFromLabel } from '../../state/gallery/dates-text';
import { isFiltered } from '../../state/gallery/filters';
import { useGallery } from '../../state/gallery/gallery-store';
import { showView } from '../../state/navigation';
import { Button } from '../../ui/Button';
import { useDay } from '../../ui/day';
import { emptyText, emptyTimeText, isAboutTime, type NextStep, nextStepLabel } from './empty-text';
import styles from './GalleryView.module.css';
import { useSearch } from './search/search-store';

export function EmptyGallery({ isImporting }: { isImporting: boolean }) {
  const { query, setQuery } = useGallery();
  const day = useDay();
  const trashed = useTrashed();
  const { times, withText } = useSearch();
  const named = times?.query === query ? times.list : null;
  const withPictures = named?.find(({ count }) => count > 0);
  /** The query for a time without pictures, if the user searched for one, in words or with a filter. */
  const sought = withPictures ? null : (named?.[0]?.query ?? (isAboutTime(query) ? query : null));
  const nearest = useNearestTime(sought);
  // Shows no explanation before the facts are known.
  const isKnown = isFiltered(query) ? named !== null && nearest !== undefined : trashed !== null;
  if (!isKnown) return null;
  const { text, next } = emptyText(query, { trashed: trashed ?? 0, isImporting });
  const other = withPictures ?? nearest;
  const sort = query.text === '' ? query.sort : withText(query, '').sort;

  function takeStep(step: NextStep): void {
    if (step === 'ask') showView('chat');
    else if (step === 'openTrash') showView('trash');
    else setQuery({ ...everyPicture, sort });
  }

  return (
    <div className={styles['nothing']}>
      <ImageOff size={18} strokeWidth={1.75} aria-hidden />
      <p>
        {withPictures
          ? t('gallery.empty_words', { text: query.text.trim() })
          : sought
            ? emptyTimeText(sought, day)
            : text}
      </p>
      {other ? (
        <Button onClick={() => setQuery({ ...other.query, sort })}>{picturesFromLabel(other.dates)}</Button>
      ) : (
        next && <Button onClick={() => takeStep(next)}>{nextStepLabel(next)}</Button>
      )}
    </div>
  );
}

/** Returns the time with pictures that is nearest to a query's; undefined until it is known, null if there is none. */
function useNearestTime(query: GalleryQuery | null): Pick<NamedTime, 'dates' | 'query'> | null | undefined {
  const [known, setKnown] = useState<{
    query: GalleryQuery;
    nearest: Awaited<ReturnType<typeof readNearestTime>>;
  } | null>(null);
  useEffect(() => {
    if (query === null) return;
    let isGone = false;
    void readNearestTime(query).then((nearest) => {
      if (!isGone) setKnown({ query, nearest });
    });
    return () => {
      isGone = true;
    };
  }, [query]);
  if (query === null) return null;
  return known?.query === query ? known.nearest : undefined;
}

/** Returns the number of pictures in Trash; null until it is known. */
function useTrashed(): number | null {
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    let isGone = false;
    void request('trash:list', { limit: 1 }).then((reply) => {
      if (!isGone) setCount(reply.ok ? reply.value.counts.pictures : 0);
    });
    return () => {
      isGone = true;
    };
  }, []);
  return count;
}
