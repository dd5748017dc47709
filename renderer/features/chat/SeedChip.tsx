// The seed of the next pictures: random unless the user enters one.
import { Sprout } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { maxSeed } from '../../../shared/domain/models';
import { Button } from '../../ui/Button';
import chip from '../../ui/chip.module.css';
import { formatNumber } from '../../ui/format';
import { Popover } from '../../ui/Popover';
import styles from './SeedChip.module.css';

type Props = { seed: number | null; count: number; onChange: (seed: number | null) => void };

export function SeedChip({ seed, count, onChange }: Props) {
  const noteId = useId();
  /** What was entered instead of a seed; null while the field shows the seed in use. */
  const [wrong, setWrong] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another seed replaces the text.
  useEffect(() => setWrong(null), [seed]);

  function read(typed: string): void {
    const text = typed.trim();
    const isSeed = /^\d+$/.test(text) && Number(text) <= maxSeed;
    setWrong(isSeed || text === '' ? null : typed);
    if (text === '') onChange(null);
    else if (isSeed) onChange(Number(text));
  }

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
              aria-invalid={wrong !== null || undefined}
              value={wrong ?? seed ?? ''}
              onChange={(event) => read(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                // Enter confirms the number and does not send the message.
                event.preventDefault();
                close();
              }}
            />
            <Button disabled={seed === null && wrong === null} onClick={() => read('')}>
              Random
            </Button>
          </div>
          <p id={noteId} className={styles['note']} role={wrong === null ? undefined : 'alert'}>
            {wrong === null
              ? `The same prompt, shape and seed give the same picture.${count > 1 ? ` ${count} pictures use consecutive seeds.` : ''}`
              : `A seed is a whole number up to ${formatNumber(maxSeed)}. ${seed === null ? 'Seeds stay random.' : `The seed stays ${seed}.`}`}
          </p>
        </>
      )}
    </Popover>
  );
}
