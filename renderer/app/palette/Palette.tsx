// The command palette: finds everything that can be done or opened.

import { Check } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { maxTitleLength } from '../../../shared/domain/conversations';
import { imageUrl } from '../../../shared/domain/pictures';
import { lengthProblem } from '../../../shared/domain/text-length';
import { maxRecentCommandLength, maxRecentCommands } from '../../../shared/domain/view-state';
import { t } from '../../../shared/languages/translate';
import { useCollections } from '../../state/collections/collections-store';
import { queryOfText, useFoundPictures } from '../../state/gallery/use-found-pictures';
import { closePalette, paletteId, usePalette } from '../../state/palette-store';
import { useProviders } from '../../state/settings/providers-store';
import { useStyles } from '../../state/styles/styles-store';
import { useViewState } from '../../state/view-state';
import { hasPointerMoved, optionAfterKey } from '../../ui/active-option';
import { Dialog } from '../../ui/Dialog';
import { closeDialogs, closesOnNavigation } from '../../ui/dialogs';
import { Keys } from '../../ui/Keys';
import { SearchCombobox } from '../../ui/SearchCombobox';
import { hasModifier } from '../../ui/shortcut';
import styles from './Palette.module.css';
import type { PaletteItem } from './palette-item';
import { chatItem, foundPictureItems, messageItem, paletteItems } from './palette-items';
import { type RankedItem, rank } from './rank';
import { useFoundChats } from './use-found-chats';

/** Maximum number of pictures that are found. The gallery shows all. */
const maxPictures = 5;

export function Palette() {
  const isOpen = usePalette((state) => state.isOpen);
  return isOpen && <OpenPalette />;
}

function OpenPalette() {
  const opener = usePalette((state) => state.opener);
  const close = usePalette((state) => state.close);
  const recent = useViewState(({ viewState }) => viewState.recentCommands);
  const collections = useCollections((state) => state.list);
  const loadCollections = useCollections((state) => state.load);
  const keys = useProviders((state) => state.keys);
  const readKeys = useProviders((state) => state.readKeys);
  const ownStyles = useStyles((state) => state.own);
  const loadStyles = useStyles((state) => state.load);
  const [text, setText] = useState('');
  /** The id of the entry that the keys or the pointer have activated; null: the first one. */
  const [activeId, setActiveId] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const problemId = useId();
  const tooLong = lengthProblem(text, maxTitleLength);
  const search = useMemo(() => (text.trim() === '' ? null : queryOfText(text)), [text]);
  // Requests are answered in order, so chats are requested before pictures, which take longer.
  const { chats, messages, foundText } = useFoundChats(tooLong === null ? text : '');
  const found = useFoundPictures(tooLong === null ? search : null, maxPictures);

  useEffect(() => {
    void loadCollections();
    void readKeys();
    void loadStyles();
  }, [loadCollections, readKeys, loadStyles]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the items depend on collections, keys and styles, which arrive later.
  const offered = useMemo(() => paletteItems(opener), [opener, collections, keys, ownStyles]);
  const isTooLong = tooLong !== null;
  const sections = useMemo(
    () =>
      isTooLong
        ? []
        : rank(
            [
              ...offered,
              ...chats.map(chatItem),
              ...foundPictureItems(found.pictures, found.of?.text ?? ''),
              ...messages.map(messageItem),
            ],
            text,
            recent,
          ),
    [isTooLong, offered, chats, messages, found.pictures, found.of, text, recent],
  );
  const items = sections.flatMap((section) => section.items);
  const chosenAt = items.findIndex(({ id }) => id === activeId);
  // Entries that arrive later do not change the active one.
  const activeAt = chosenAt >= 0 ? chosenAt : Math.min(0, items.length - 1);
  const isNothing = items.length === 0 && foundText === text && found.of === search;
  const idOf = (index: number) => `${listId}${index}`;

  useLayoutEffect(() => {
    // Scrolls to the top for the first entry, so that its heading is visible.
    if (activeAt <= 0) list.current?.scrollTo(0, 0);
    else document.getElementById(`${listId}${activeAt}`)?.scrollIntoView({ block: 'nearest' });
  }, [activeAt, listId]);

  function choose(item: PaletteItem): void {
    closePalette();
    if (item.leads) closeDialogs();
    const used = [item.id, ...recent.filter((id) => id !== item.id)].slice(0, maxRecentCommands);
    // Found entries are not remembered, because they would have to be searched for again.
    if (!item.isFound && item.id.length <= maxRecentCommandLength) {
      void useViewState.getState().change({ recentCommands: used });
    }
    item.run();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const item = items[activeAt];
    const next = optionAfterKey(event.key, activeAt, items.length);
    if (next !== null) setActiveId(items[next]?.id ?? null);
    else if (event.key === 'Enter') {
      if (item && !event.repeat) choose(item);
    } else if (event.key !== 'Tab') return;
    event.preventDefault();
  }

  let index = -1;
  return (
    <Dialog
      {...closesOnNavigation}
      id={paletteId}
      className={styles['palette']}
      aria-label={t('app.palette')}
      onClose={close}
      onPointerDown={(event) => {
        // Only the backdrop is outside the content.
        if (event.target === event.currentTarget) closePalette();
      }}
      onKeyDown={(event) => {
        // The views behind the palette must not handle the same keys.
        if (!hasModifier(event)) event.stopPropagation();
      }}
    >
      <div className={styles['content']}>
        <SearchCombobox
          className={styles['field']}
          label={t('app.palette_search')}
          placeholder={t('app.palette_placeholder')}
          listId={listId}
          activeId={items.length > 0 ? idOf(activeAt) : null}
          problemId={tooLong === null ? null : problemId}
          value={text}
          onChange={(next) => {
            setText(next);
            setActiveId(null);
          }}
          onKeyDown={onKeyDown}
        />
        <div
          ref={list}
          id={listId}
          className={styles['list']}
          role="listbox"
          aria-label={t('app.palette_results')}
          tabIndex={-1}
        >
          {sections.map(({ group, items: entries }) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is not allowed in a list of options.
            <div key={group} role="group" aria-label={t(`app.palette_group_${group}`)}>
              <div className={styles['group']} aria-hidden>
                {t(`app.palette_group_${group}`)}
              </div>
              {entries.map((item) => {
                index += 1;
                const at = index;
                return (
                  <Option
                    key={item.id}
                    id={idOf(at)}
                    item={item}
                    isActive={at === activeAt}
                    onPoint={() => setActiveId(item.id)}
                    onChoose={() => choose(item)}
                  />
                );
              })}
            </div>
          ))}
        </div>
        {tooLong !== null && (
          <p className={styles['none']} id={problemId} role="alert">
            {t('gallery.shorten', { problem: tooLong })}
          </p>
        )}
        {isNothing && (
          <p className={styles['none']}>{t('app.palette_nothing_matches', { text: text.trim() })}</p>
        )}
        <p className="visually-hidden" role="status" aria-label={t('app.palette_found')}>
          {isNothing ? t('app.palette_nothing_found') : ''}
        </p>
      </div>
    </Dialog>
  );
}

type OptionProps = {
  id: string;
  item: RankedItem;
  isActive: boolean;
  onPoint: () => void;
  onChoose: () => void;
};

function Option({ id, item, isActive, onPoint, onChoose }: OptionProps) {
  const { icon: Icon, thumbnail, name, parts, detail, keys, isCurrent = false } = item;
  const [shown] = keys ?? [];
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names the active option.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox handles the keys.
    <div
      id={id}
      className={styles['option']}
      role="option"
      aria-selected={isActive}
      aria-label={[name, detail, isCurrent && t('app.palette_in_use')].filter(Boolean).join(', ')}
      onPointerMove={(event) => {
        if (!isActive && hasPointerMoved(event)) onPoint();
      }}
      onClick={onChoose}
    >
      {thumbnail === undefined ? (
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      ) : (
        <img className={styles['thumbnail']} src={imageUrl(thumbnail, '256')} alt="" draggable={false} />
      )}
      <span className={styles['name']} dir="auto">
        {parts.map(({ text, isMatch }, at) => (isMatch ? <mark key={at}>{text}</mark> : text))}
      </span>
      {detail !== undefined && <span className={styles['detail']}>{detail}</span>}
      {isCurrent && <Check size={16} strokeWidth={1.75} aria-hidden />}
      {shown !== undefined && <Keys shortcut={shown} />}
    </div>
  );
}
