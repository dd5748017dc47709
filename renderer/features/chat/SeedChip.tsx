// The seed of the next pictures: random unless the user enters one.
import { Sprout } from 'lucide-react';
import { useId, useRef } from 'react';
import { maxSeed } from '../../../shared/domain/models';
import { Button } from '../../ui/Button';
import chip from '../../ui/ChipMenu.module.css';
import styles from './SeedChip.module.css';

type Props = { seed: number | null; count: number; onChange: (seed: number | null) => void };

export function SeedChip({ seed, count, onChange }: Props) {
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className={chip['anchor']}>
      <button
        type="button"
        className={`${chip['chip']} ${styles['chip']}`}
        popoverTarget={id}
        aria-label={seed === null ? 'Seed: random' : `Seed: ${seed}`}
        title="Seed"
        data-chosen={seed !== null || undefined}
      >
        <Sprout size={16} strokeWidth={1.75} aria-hidden />
        {seed ?? 'Seed'}
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        className={`${chip['menu']} ${styles['menu']}`}
        onToggle={(event) => event.newState === 'open' && field.current?.select()}
      >
        <div className={styles['row']}>
          <input
            ref={field}
            className={styles['field']}
            aria-label="Seed"
            aria-describedby={`${id}-note`}
            placeholder="Random"
            inputMode="numeric"
            autoComplete="off"
            value={seed ?? ''}
            onChange={(event) => onChange(readSeed(event.target.value))}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              // Enter confirms the number and does not send the message.
              event.preventDefault();
              popover.current?.hidePopover();
            }}
          />
          <Button disabled={seed === null} onClick={() => onChange(null)}>
            Random
          </Button>
        </div>
        <p id={`${id}-note`} className={styles['note']}>
          The same prompt, shape and seed give the same picture.
          {count > 1 && ` ${count} pictures use consecutive seeds.`}
        </p>
      </div>
    </div>
  );
}

/** Returns the digits of the typed text as a number, or null if there are none. */
function readSeed(typed: string): number | null {
  const digits = typed.replace(/\D/g, '').slice(0, 10);
  return digits === '' ? null : Math.min(Number(digits), maxSeed);
}
