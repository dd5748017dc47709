// The search field for choosing pictures: by text, or by a time that the text names, as in the gallery.

import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import { t } from '../../../shared/languages/translate';
import { chipsOf } from '../../state/gallery/filters';
import { PlainButton } from '../../ui/PlainButton';
import { DateSuggestions } from '../dates/DateSuggestions';
import { nearestNamedTime } from '../dates/named-times';
import { useNamedTimes } from '../dates/use-named-times';
import styles from './PictureSearch.module.css';

type Props = {
  query: GalleryQuery;
  onChange: (query: GalleryQuery) => void;
  /** The number of found pictures that are loaded; null until it is known. */
  found: number | null;
  /** Called on Enter, unless it chose a period. */
  onEnter?: () => void;
  /** Called on the arrow down, unless there are suggestions below. */
  onDown?: () => void;
};

export function PictureSearch({ query, onChange, found, onEnter, onDown }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const below = useRef<HTMLDivElement>(null);
  const suggestions = useNamedTimes(query);
  const chips = chipsOf(query, { conversation: String, collection: String });

  function choose(chosen: GalleryQuery): void {
    onChange(chosen);
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const button = below.current?.querySelector<HTMLElement>('[role="group"] button:enabled');
    if (event.key === 'ArrowDown') {
      if (button) button.focus();
      else onDown?.();
    } else if (event.key === 'Enter') {
      const meant = found === null ? undefined : nearestNamedTime(found, suggestions);
      if (meant) choose(meant.query);
      else onEnter?.();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <search className={styles['search']}>
      <label className={styles['field']}>
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <input
          ref={field}
          type="search"
          aria-label={t('composer.search_gallery')}
          placeholder={t('composer.search_gallery')}
          spellCheck={false}
          autoComplete="off"
          value={query.text}
          onChange={({ target: { value: text } }) => onChange({ ...query, text, sort: 'relevance' })}
          onKeyDown={onKeyDown}
        />
      </label>
      <div ref={below} className={styles['below']}>
        {chips.map(({ key, label, without }) => (
          <PlainButton
            key={key}
            className={styles['chip']}
            aria-label={t('gallery.remove_filter', { filter: label })}
            title={t('gallery.remove')}
            onClick={() => choose(without)}
          >
            {label}
            <X size={16} strokeWidth={1.75} aria-hidden />
          </PlainButton>
        ))}
        <DateSuggestions suggestions={suggestions} onChoose={choose} onLeave={() => field.current?.focus()} />
      </div>
    </search>
  );
}
