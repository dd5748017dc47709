// The known services, to be searched and chosen from.
import { type KeyboardEvent, useState } from 'react';
import { type KnownService, knownServices, searchKnownServices } from '../../shared/domain/known-services';
import { unsupportedKinds } from '../../shared/domain/service-kinds';
import styles from './KnownServices.module.css';
import { PlainButton } from './PlainButton';

const offered = knownServices.filter(({ kind }) => !unsupportedKinds.includes(kind));

type Props = { onChoose: (known: KnownService) => void; onClose?: () => void };

/** A search field and the known services that match it. Enter chooses the first one. */
export function KnownServices({ onChoose, onClose }: Props) {
  const [text, setText] = useState('');
  const found = searchKnownServices(offered, text);

  function onKeyDown(event: KeyboardEvent): void {
    const [first] = found;
    if (event.key === 'Escape') onClose?.();
    if (event.key !== 'Enter' || !first || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onChoose(first);
  }

  return (
    <div className={styles['panel']}>
      <input
        className={styles['search']}
        type="search"
        aria-label="Search services"
        placeholder="Search services"
        // The user has just asked for this list.
        ref={(input) => input?.focus()}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <ul className={styles['list']} aria-label="Known services">
        {found.map((known) => (
          <li key={`${known.kind} ${known.name}`}>
            <PlainButton className={styles['known']} onClick={() => onChoose(known)}>
              <span className={styles['letter']} aria-hidden>
                {known.letter}
              </span>
              <span>
                <strong>{known.name}</strong>
                <small>
                  {known.costs}
                  {!known.isTried && !known.local && ' Not tried against the real service yet.'}
                </small>
              </span>
            </PlainButton>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p className={styles['note']}>
          No known service has this name. If it is OpenAI-compatible, search for “another”.
        </p>
      )}
    </div>
  );
}
