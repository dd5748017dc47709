// The known services, to be searched and chosen from.

import { type KeyboardEvent, useState } from 'react';
import {
  type KnownService,
  knownServices,
  nameOfKnown,
  searchKnownServices,
  unlistedService,
} from '../../shared/domain/known-services';
import { serviceKinds } from '../../shared/domain/service-kinds';
import { t } from '../../shared/languages/translate';
import styles from './KnownServices.module.css';
import { PlainButton } from './PlainButton';

type Props = {
  /** Those that answer on this computer: shown first. */
  local: readonly KnownService[];
  onChoose: (known: KnownService) => void;
};

/** The user has just asked for this list. Not a new function for each render, which would take the focus again. */
function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
}

/** A search field and the known services that match it. Enter chooses the first one. */
export function KnownServices({ local, onChoose }: Props) {
  const [text, setText] = useState('');
  // What hardly anybody looks for, such as what its owner has shut down, is found by its name only.
  const offered = text.trim() === '' ? knownServices.filter(({ isMore }) => !isMore) : knownServices;
  const found = searchKnownServices(offered, text);
  const unlisted = found.length === 0 ? unlistedService(text) : undefined;
  const here = searchKnownServices(local, text);

  function onKeyDown(event: KeyboardEvent): void {
    const [first = unlisted] = [...here, ...found];
    if (event.key !== 'Enter' || !first || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onChoose(first);
  }

  return (
    <div className={styles['panel']}>
      <input
        className={styles['search']}
        type="search"
        aria-label={t('ui.search_services')}
        placeholder={t('ui.search_services')}
        ref={takeFocus}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {here.length > 0 && (
        <section className={styles['group']} aria-live="polite">
          <h3 className={styles['heading']}>{t('ui.found_here')}</h3>
          <List label={t('ui.found_here')} services={here} noteOf={addressOf} onChoose={onChoose} />
        </section>
      )}
      {here.length > 0 && found.length > 0 && <h3 className={styles['heading']}>{t('ui.all_services')}</h3>}
      {unlisted && <p className={styles['note']}>{t('ui.no_known_service')}</p>}
      <List
        label={t('ui.known_services')}
        services={unlisted ? [unlisted] : found}
        noteOf={costsOf}
        onChoose={onChoose}
      />
    </div>
  );
}

type ListProps = Pick<Props, 'onChoose'> & {
  label: string;
  services: readonly KnownService[];
  noteOf: (known: KnownService) => string;
};

function List({ label, services, noteOf, onChoose }: ListProps) {
  return (
    <ul className={styles['list']} aria-label={label}>
      {services.map((known) => (
        <li key={`${known.kind} ${known.name} ${known.address}`}>
          <PlainButton className={styles['known']} onClick={() => onChoose(known)}>
            <span className={styles['letter']} aria-hidden>
              {known.letter}
            </span>
            <span>
              <strong>{nameOfKnown(known)}</strong>
              <small>{noteOf(known)}</small>
            </span>
          </PlainButton>
        </li>
      ))}
    </ul>
  );
}

/** Whether a service has been tried is said where it is set up: here, nearly every row would say it. */
function costsOf({ costs }: KnownService): string {
  return t(costs);
}

function addressOf({ kind, address }: KnownService): string {
  return t('ui.answers_at', { address: address ?? serviceKinds[kind].address ?? '' });
}
