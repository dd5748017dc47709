// The seed of the next pictures: random unless the user enters one.
import { Sprout } from 'lucide-react';
import { useId } from 'react';
import { maxSeed } from '../../../shared/domain/models';
import { Button } from '../../ui/Button';
import chip from '../../ui/chip.module.css';
import { Popover } from '../../ui/Popover';
import styles from './SeedChip.module.css';

type Props = { seed: number | null; count: number; onChange: (seed: number | null) => void };

export function SeedChip({ seed, count, onChange }: Props) {
  const noteId = useId();
  return (
    <Popover
      initialFocus="input"
      className={styles['panel']}
      trigger={(props) => (
        <button
          type="button"
          className={chip['chip']}
          aria-label={seed === null ? 'Seed: random' : `Seed: ${seed}`}
          title="Seed"
          data-chosen={seed !== null || undefined}
          {...props}
        >
          <Sprout size={16} strokeWidth={1.75} aria-hidden />
          {seed ?? 'Seed'}
        </button>
      )}
    >
      {(close) => (
        <>
          <div className={styles['row']}>
            <input
              type="text"
              className={styles['field']}
              aria-label="Seed"
              aria-describedby={noteId}
              placeholder="Random"
              inputMode="numeric"
              autoComplete="off"
              value={seed ?? ''}
              onChange={(event) => onChange(readSeed(event.target.value))}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                // Enter confirms the number and does not send the message.
                event.preventDefault();
                close();
              }}
            />
            <Button disabled={seed === null} onClick={() => onChange(null)}>
              Random
            </Button>
          </div>
          <p id={noteId} className={styles['note']}>
            The same prompt, shape and seed give the same picture.
            {count > 1 && ` ${count} pictures use consecutive seeds.`}
          </p>
        </>
      )}
    </Popover>
  );
}

/** Returns the digits of the typed text as a number, or null if there are none. */
function readSeed(typed: string): number | null {
  const digits = typed.replace(/\D/g, '').slice(0, 10);
  return digits === '' ? null : Math.min(Number(digits), maxSeed);
}
