// The gallery's search bar: text, filters as chips, and the sort order.

import { Bookmark, Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import {
  everyPicture,
  type GalleryQuery,
  gallerySorts,
  maxSearchLength,
} from '../../../../shared/domain/gallery-query';
import { imageUrl } from '../../../../shared/domain/pictures';
import { lengthProblem } from '../../../../shared/domain/text-length';
import { t } from '../../../../shared/languages/translate';
import { DateSuggestions } from '../../../picture/dates/DateSuggestions';
import { useChat } from '../../../state/chat/chat-store';
import { saveSearch } from '../../../state/collections/collection-actions';
import { useCollections } from '../../../state/collections/collections-store';
import { chipsOf, isFiltered, isRanked, type Names, sortLabel } from '../../../state/gallery/filters';
import { ChipMenu } from '../../../ui/ChipMenu';
import { matchesShortcut, shortcutText } from '../../../ui/shortcut';
import { isTyping } from '../../../ui/text-undo';
import { FilterMenu } from './FilterMenu';
import styles from './SearchBar.module.css';
import { useSearch } from './search-store';

type Props = { query: GalleryQuery; onChange: (query: GalleryQuery) => void };

export function SearchBar({ query, onChange }: Props) {
  const bar = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const { found, times, read, enter, leave, withText } = useSearch();
  useEffect(() => void read(query), [query, read]);
  useEffect(() => leave, [leave]);
  useFocusKeys(field);
  /** A text that is too long to search for; null while the field shows the query. */
  const [tooLong, setTooLong] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new query replaces the text.
  useEffect(() => setTooLong(null), [query]);
  const suggestions = times?.query === query ? times.list.filter(({ count }) => count > 0) : [];
  const problemId = useId();
  const problem = tooLong === null ? null : lengthProblem(tooLong, maxSearchLength);

  function search(text: string): void {
    const fits = lengthProblem(text, maxSearchLength) === null;
    setTooLong(fits ? null : text);
    if (fits) onChange(withText(query, text));
  }

  function choose(suggested: GalleryQuery): void {
    onChange(suggested);
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    // During composition, the keys belong to the input method.
    if (event.nativeEvent.isComposing) return;
    const { key, currentTarget } = event;
    if (key === 'ArrowDown' && suggestions.length > 0)
      bar.current?.querySelector<HTMLElement>('[role="group"] button')?.focus();
    else if (key === 'Enter') enter(query);
    else if (key !== 'Escape') return;
    else if (currentTarget.value === '') currentTarget.blur();
    else search('');
    event.preventDefault();
  }

  return (
    <search ref={bar} className={styles['bar']}>
      <div className={styles['controls']}>
        <label className={styles['field']}>
          <Search size={16} strokeWidth={1.75} aria-hidden />
          <input
            ref={field}
            type="search"
            data-search="pictures"
            aria-label={t('gallery.search')}
            placeholder={t('gallery.search')}
            title={t('gallery.search_with_keys', { keys: shortcutText('Mod+F') })}
            aria-invalid={problem !== null || undefined}
            aria-describedby={problem === null ? undefined : problemId}
            spellCheck={false}
            value={tooLong ?? query.text}
            onChange={(event) => search(event.target.value)}
            onKeyDown={onKeyDown}
            onBlur={leave}
          />
          <span role="status" aria-label={t('gallery.results')} className={styles['count']}>
            {found && problem === null && t('gallery.found', { count: found.count })}
          </span>
        </label>
        <FilterMenu query={query} onChange={onChange} />
        <ChipMenu
          label={t('gallery.sort')}
          value={query.sort}
          options={gallerySorts.filter((sort) => sort !== 'relevance' || isRanked(query))}
          onChange={(sort) => onChange({ ...query, sort })}
          render={sortLabel}
        />
      </div>
      {problem !== null && (
        <p className={styles['problem']} id={problemId} role="alert">
          {t('gallery.shorten', { problem })}
        </p>
      )}
      <DateSuggestions suggestions={suggestions} onChoose={choose} onLeave={() => field.current?.focus()} />
      {query.text.trim() !== '' && <Unindexed />}
      {query.stackOf !== null && <p className={styles['note']}>{t('gallery.stack_note')}</p>}
      {query.alikeTo !== null && <p className={styles['note']}>{t('gallery.alike_note')}</p>}
      {query.alikeTo !== null && <Unread imageId={query.alikeTo} />}
      <Chips query={query} onChange={onChange} onEmpty={() => field.current?.focus()} />
    </search>
  );
}

/** Shows that results are incomplete while pictures are being indexed, such as those of an older database. */
function Unindexed() {
  const unindexed = useSearch((state) => state.unindexed);
  const readUnindexed = useSearch((state) => state.readUnindexed);
  useEffect(() => void readUnindexed(), [readUnindexed]);
  if (unindexed === 0) return null;
  return <p className={styles['note']}>{t('gallery.unindexed', { count: unindexed })}</p>;
}

/** Shows that results are incomplete while fingerprints are being computed, for example for an older database. */
function Unread({ imageId }: { imageId: string }) {
  const unread = useSearch((state) => state.unread);
  const readUnread = useSearch((state) => state.readUnread);
  useEffect(() => void readUnread(imageId), [imageId, readUnread]);
  if (unread === 0) return null;
  return <p className={styles['note']}>{t('gallery.unread', { count: unread })}</p>;
}

/** @param onEmpty called to move the focus when the last chip is removed. */
function Chips({ query, onChange, onEmpty }: Props & { onEmpty: () => void }) {
  const conversations = useChat((state) => state.conversations);
  const collections = useCollections((state) => state.list.collections);
  const chats = useSearch((state) => state.chats);
  const withText = useSearch((state) => state.withText);
  const row = useRef<HTMLUListElement>(null);
  const names: Names = {
    conversation: (id) =>
      [...conversations, ...chats].find((chat) => chat.id === id)?.title ?? t('gallery.a_chat'),
    collection: (id) =>
      collections.find((collection) => collection.id === id)?.name ?? t('gallery.a_collection'),
  };
  const chips = chipsOf(query, names);
  if (!isFiltered(query)) return null;
  function remove(index: number, without: GalleryQuery): void {
    // Moves the focus to the chip that takes this one's place.
    const buttons = row.current?.querySelectorAll('button');
    const next = buttons?.[index + 1] ?? buttons?.[index - 1];
    if (chips.length > 1 && next) next.focus();
    else onEmpty();
    onChange(without);
  }
  return (
    <div className={styles['chips']}>
      <ul ref={row} aria-label={t('gallery.filters_in_use')}>
        {chips.map(({ key, label, without, imageId }, index) => (
          <li key={key} className={styles['chip']} data-picture={imageId !== undefined || undefined}>
            {imageId !== undefined && <img src={imageUrl(imageId, '256')} alt="" draggable={false} />}
            <span>{label}</span>
            <button
              type="button"
              aria-label={t('gallery.remove_filter', { filter: label })}
              title={t('gallery.remove')}
              onClick={() => remove(index, without)}
            >
              <X size={16} strokeWidth={1.75} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {/* A search cannot be saved if it is within a collection, or if it depends on a picture that may be deleted. */}
      {query.collectionId === null && query.alikeTo === null && query.stackOf === null && (
        <button type="button" className={styles['quiet']} onClick={() => void saveSearch(query, names)}>
          <Bookmark size={16} strokeWidth={1.75} aria-hidden />
          {t('gallery.save_search')}
        </button>
      )}
      <button
        type="button"
        className={styles['quiet']}
        onClick={() => {
          onChange({ ...everyPicture, sort: withText(query, '').sort });
          onEmpty();
        }}
      >
        {t('gallery.clear_all')}
      </button>
    </div>
  );
}

/** Focuses the field on Ctrl+F, and on "/" unless the user is typing. */
function useFocusKeys(field: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const isFind = matchesShortcut(event, 'Mod+F');
      const isSlash = matchesShortcut(event, '/') && !isTyping(event.target);
      // Not while a dialog is open or the gallery is hidden.
      if (
        !(isFind || isSlash) ||
        document.querySelector('dialog[open]') ||
        !field.current?.checkVisibility()
      ) {
        return;
      }
      event.preventDefault();
      field.current.focus();
      field.current.select();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [field]);
}
