// How many pictures a minute and a day, and how much a month: the person's own stop.
import { type FormEvent, useId, useState } from 'react';
import { type Limits, limitsOf, limitsSchema, monthlyCapSchema } from '../../shared/limits';
import { providers } from '../../shared/models';
import { useSettings } from '../settings/settings-store';
import { Button } from '../ui/Button';
import styles from './LimitsSection.module.css';

export function LimitsSection() {
  const { settings, provider, change } = useSettings();
  const limits = limitsOf(provider.id, settings.limits);
  const cap = settings.monthlyCapMicroUsd;

  function save(changes: Partial<Limits>): void {
    void change({ limits: { ...settings.limits, [provider.id]: { ...limits, ...changes } } });
  }

  return (
    <section className={styles['limits']} aria-labelledby="limits">
      <h2 id="limits">Limits</h2>
      <p className={styles['note']}>
        For {providers[provider.id].label}. Empty means as many as you like. What goes beyond a limit is not
        asked for, and says when it can be.
      </p>
      <div className={styles['fields']}>
        <NumberField
          key={`minute ${provider.id} ${limits.perMinute}`}
          label="Pictures a minute"
          value={limits.perMinute}
          read={(value) => limitsSchema.shape.perMinute.safeParse(value).success}
          problem="Use a whole number from 1 to 100,000, or leave it empty."
          onSave={(perMinute) => save({ perMinute })}
        />
        <NumberField
          key={`day ${provider.id} ${limits.perDay}`}
          label="Pictures a day"
          value={limits.perDay}
          read={(value) => limitsSchema.shape.perDay.safeParse(value).success}
          problem="Use a whole number from 1 to 100,000, or leave it empty."
          onSave={(perDay) => save({ perDay })}
        />
        <NumberField
          key={`cap ${cap}`}
          label="Dollars a month, all providers"
          value={cap === null ? null : cap / 1_000_000}
          read={(value) => value === null || monthlyCapSchema.safeParse(inMicroUsd(value)).success}
          problem="Use an amount from 0 to 1,000,000, or leave it empty."
          onSave={(dollars) =>
            void change({ monthlyCapMicroUsd: dollars === null ? null : inMicroUsd(dollars) })
          }
        />
      </div>
    </section>
  );
}

function inMicroUsd(dollars: number): number {
  return Math.round(dollars * 1_000_000);
}

type NumberFieldProps = {
  label: string;
  value: number | null;
  /** Whether this is a value that can be saved. */
  read: (value: number | null) => boolean;
  problem: string;
  onSave: (value: number | null) => void;
};

/** A field that saves when it is left or Enter is pressed; a bad value stays to be mended, and is not saved. */
function NumberField({ label, value, read, problem, onSave }: NumberFieldProps) {
  const shown = value === null ? '' : String(value);
  const [text, setText] = useState(shown);
  const [isBad, setBad] = useState(false);
  const problemId = useId();

  function save(event?: FormEvent): void {
    event?.preventDefault();
    const wanted = text.trim() === '' ? null : Number(text.trim().replace(',', '.'));
    const isGood = (wanted === null || Number.isFinite(wanted)) && read(wanted);
    setBad(!isGood);
    if (isGood && wanted !== value) onSave(wanted);
  }

  return (
    <form onSubmit={save} noValidate>
      <label className={styles['field']}>
        <span>{label}</span>
        <input
          inputMode="decimal"
          placeholder="No limit"
          value={text}
          aria-invalid={isBad || undefined}
          aria-describedby={isBad ? problemId : undefined}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => save()}
        />
      </label>
      {isBad && (
        <p className={styles['problem']} id={problemId} role="alert">
          {problem}{' '}
          <Button
            onClick={() => {
              setText(shown);
              setBad(false);
            }}
          >
            Undo
          </Button>
        </p>
      )}
    </form>
  );
}
