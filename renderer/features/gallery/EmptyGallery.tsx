// The gallery without pictures to show: why, and the one thing to do next.
import { ImageOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { everyPicture } from '../../../shared/domain/gallery-query';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { useDateSuggestions } from '../../picture/dates/use-date-suggestions';
import { isFiltered } from '../../state/gallery/filters';
import { useGallery } from '../../state/gallery/gallery-store';
import { showView } from '../../state/navigation';
import { Button } from '../../ui/Button';
import { emptyText, type NextStep, nextStepLabel } from './empty-text';
import styles from './GalleryView.module.css';
import { useSearch } from './search/search-store';

export function EmptyGallery() {
  const { query, setQuery } = useGallery();
  const trashed = useTrashed();
  const withText = useSearch((state) => state.withText);
  const [period] = useDateSuggestions(query, 0, withText(query, '').sort);
  // Nothing is claimed before it is known.
  if (trashed === null && !isFiltered(query)) return null;
  const { text, next } = emptyText(query, trashed ?? 0);

  if (period && period.count > 0) {
    return (
      <div className={styles['nothing']}>
        <ImageOff size={18} strokeWidth={1.75} aria-hidden />
        <p>{t('gallery.empty_words', { text: query.text.trim() })}</p>
        <Button onClick={() => setQuery(period.query)}>{period.label}</Button>
      </div>
    );
  }

  function goOn(step: NextStep): void {
    if (step === 'ask') showView('chat');
    else if (step === 'openTrash') showView('trash');
    else setQuery({ ...everyPicture, sort: withText(query, '').sort });
  }

  return (
    <div className={styles['nothing']}>
      <ImageOff size={18} strokeWidth={1.75} aria-hidden />
      <p>{text}</p>
      <Button onClick={() => goOn(next)}>{nextStepLabel(next)}</Button>
    </div>
  );
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
