// The suggestions under the search field for times in its text, such as "Pictures from last week".

import { CalendarDays } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import { t } from '../../../shared/languages/translate';
import { daysText, picturesFromLabel } from '../../state/gallery/dates-text';
import { moveFocus } from '../../ui/Popover';
import { joinFacts } from '../join-facts';
import styles from './DateSuggestions.module.css';
import type { NamedTime } from './named-times';

type Props = {
  suggestions: readonly NamedTime[];
  onChoose: (query: GalleryQuery) => void;
  /** Called to move the focus back to the field. */
  onLeave: () => void;
};

export function DateSuggestions({ suggestions, onChoose, onLeave }: Props) {
  if (suggestions.length === 0) return null;

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const isFirst = event.currentTarget.querySelector('button') === event.target;
    if (event.key === 'Escape' || (event.key === 'ArrowUp' && isFirst)) {
      event.preventDefault();
      onLeave();
    } else moveFocus(event);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields.
    <div
      role="group"
      className={styles['suggestions']}
      aria-label={t('gallery.suggestions')}
      onKeyDown={onKeyDown}
    >
      {suggestions.map(({ dates, query, count }) => (
        <button
          key={dates.from}
          type="button"
          className={styles['suggestion']}
          onClick={() => onChoose(query)}
        >
          <CalendarDays size={16} strokeWidth={1.75} aria-hidden />
          <span className={styles['label']}>{picturesFromLabel(dates)}</span>
          <small>
            {joinFacts([
              // Without a period, the label already has the days.
              ...(dates.period === null ? [] : [daysText(dates)]),
              t('gallery.found', { count }),
            ])}
          </small>
        </button>
      ))}
    </div>
  );
}
