// The list of known services, with search.

import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import {
  type KnownService,
  knownServices,
  nameOfKnown,
  searchKnownServices,
  unlistedService,
} from '../../shared/domain/known-services';
import { serviceKinds } from '../../shared/domain/service-kinds';
import { t } from '../../shared/languages/translate';
import { hasPointerMoved, optionInGrid } from './active-option';
import styles from './KnownServices.module.css';
import { SearchCombobox } from './SearchCombobox';

type Props = {
  /** Services that run on this computer, shown first. */
  local: readonly KnownService[];
  onChoose: (known: KnownService) => void;
};

/** A search field and the known services that match it. Enter chooses the highlighted one. */
export function KnownServices({ local, onChoose }: Props) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const groups = groupsOf(text, local);
  const count = groups.reduce((sum, { services }) => sum + services.length, 0);
  const activeAt = Math.min(active, count - 1);

  useLayoutEffect(() => {
    document.getElementById(`${listId}${activeAt}`)?.scrollIntoView({ block: 'nearest' });
  }, [activeAt, listId]);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const { key, nativeEvent, currentTarget } = event;
    if (nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (key === 'Enter') {
      event.preventDefault();
      const chosen = groups.flatMap(({ services }) => services)[activeAt];
      if (chosen && !event.repeat) onChoose(chosen);
      return;
    }
    // These keys move the caret until it is at the end of the text.
    const isInText = currentTarget.selectionStart !== text.length;
    if (isInText && (key === 'ArrowLeft' || key === 'ArrowRight')) return;
    const options = [...(list.current?.querySelectorAll('[role="option"]') ?? [])];
    const next = optionInGrid(
      key,
      activeAt,
      options.map((option) => option.getBoundingClientRect()),
    );
    if (next === null) return;
    event.preventDefault();
    setActive(next);
  }

  let before = 0;
  return (
    <div className={styles['panel']}>
      <SearchCombobox
        className={styles['search']}
        label={t('ui.search_services')}
        listId={listId}
        activeId={count > 0 ? `${listId}${activeAt}` : null}
        value={text}
        onChange={(next) => {
          setText(next);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        ref={list}
        id={listId}
        className={styles['groups']}
        role="listbox"
        aria-label={t('ui.known_services')}
      >
        {groups.map(({ id, heading, note, services }) => {
          const first = before;
          before += services.length;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is not allowed in a list of options.
            <div
              key={id}
              role="group"
              className={styles['group']}
              aria-label={heading ?? t('ui.known_services')}
            >
              {heading !== null && (
                <div className={styles['heading']} aria-hidden>
                  {heading}
                </div>
              )}
              {note !== null && <p className={styles['note']}>{note}</p>}
              <div className={styles['list']}>
                {services.map((known, index) => (
                  <Option
                    key={`${known.kind} ${known.name} ${known.address}`}
                    id={`${listId}${first + index}`}
                    known={known}
                    isActive={first + index === activeAt}
                    note={local.includes(known) ? addressOf(known) : t(known.costs)}
                    onPoint={() => setActive(first + index)}
                    onChoose={() => onChoose(known)}
                  />
                ))}
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}

type Group = {
  id: 'local' | 'all' | 'found';
  heading: string | null;
  note: string | null;
  services: readonly KnownService[];
};

/** Returns the groups of the list. Search results are one group, so that the best match comes first. */
function groupsOf(text: string, local: readonly KnownService[]): Group[] {
  if (text.trim() !== '') {
    const found = searchKnownServices([...local, ...knownServices], text);
    if (found.length > 0) return [{ id: 'found', heading: null, note: null, services: found }];
    const unlisted = unlistedService(text);
    const note = t(unlisted?.address === text.trim() ? 'ui.service_at_address' : 'ui.no_known_service');
    return [{ id: 'found', heading: null, note, services: unlisted ? [unlisted] : [] }];
  }
  // Services that hardly anybody looks for, such as ones that were shut down, are only found by name.
  const all = knownServices.filter(({ isMore }) => !isMore);
  if (local.length === 0) return [{ id: 'all', heading: null, note: null, services: all }];
  return [
    { id: 'local', heading: t('ui.found_here'), note: null, services: local },
    { id: 'all', heading: t('ui.all_services'), note: null, services: all },
  ];
}

type OptionProps = {
  id: string;
  known: KnownService;
  isActive: boolean;
  note: string;
  onPoint: () => void;
  onChoose: () => void;
};

function Option({ id, known, isActive, note, onPoint, onChoose }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field has the focus and handles the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the search field keeps the focus.
    <div
      id={id}
      role="option"
      className={styles['known']}
      aria-selected={isActive}
      onPointerMove={(event) => {
        if (hasPointerMoved(event)) onPoint();
      }}
      onClick={onChoose}
    >
      <span className={styles['letter']} aria-hidden>
        {known.letter}
      </span>
      <span>
        <strong>{nameOfKnown(known)}</strong>
        {/* The setup of a service says whether it was tested. Here, nearly every row would say so. */}
        <small>{note}</small>
      </span>
    </div>
  );
}

function addressOf({ kind, address }: KnownService): string {
  return t('ui.answers_at', { address: address ?? serviceKinds[kind].address ?? '' });
}
