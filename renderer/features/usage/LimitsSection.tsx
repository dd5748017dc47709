// The user's limits: pictures per minute and day, and money per month.

import { type Limits, limitsOf, limitsSchema, monthlyCapSchema } from '../../../shared/domain/limits';
import { dearestPriceOf } from '../../../shared/domain/model-lookup';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import { hasKnownPrice } from '../../../shared/domain/token-prices';
import { useService, useServices } from '../../state/settings/services-store';
import { useSettings } from '../../state/settings/settings-store';
import { formatCost } from '../../ui/format';
import { TextField } from '../../ui/TextField';
import styles from './LimitsSection.module.css';

export function LimitsSection() {
  const { settings, provider, change } = useSettings();
  const service = useService(provider.id);
  const changeService = useServices((state) => state.change);
  const limits = limitsOf(serviceOf(provider.id), service?.limits ?? null);
  const cap = settings.monthlyCapMicroUsd;
  const unpriced = [provider.pictureModel, provider.textModel].filter(
    (model) => model !== null && !hasKnownPrice(provider.id, model, Date.now()),
  );

  function save(changes: Partial<Limits>): void {
    void changeService(provider.id, { limits: { ...limits, ...changes } });
  }

  return (
    <section className={styles['limits']} aria-labelledby="limits">
      <h2 id="limits">Limits</h2>
      <p className={styles['note']}>
        For {serviceOf(provider.id).name}. Empty means as many as you like. Pictures beyond the limit a minute
        wait for the next one. What goes beyond another limit is not requested, and says when it can be.
      </p>
      <div className={styles['fields']}>
        <NumberField
          label="Pictures a minute"
          value={limits.perMinute}
          isGood={(value) => limitsSchema.shape.perMinute.safeParse(value).success}
          problem="Use a whole number from 1 to 100,000, or leave it empty."
          onSave={(perMinute) => save({ perMinute })}
        />
        <NumberField
          label="Pictures a day"
          value={limits.perDay}
          isGood={(value) => limitsSchema.shape.perDay.safeParse(value).success}
          problem="Use a whole number from 1 to 100,000, or leave it empty."
          onSave={(perDay) => save({ perDay })}
        />
        <NumberField
          label="Dollars a month, all providers"
          value={cap === null ? null : cap / 1_000_000}
          isGood={(value) => value === null || monthlyCapSchema.safeParse(inMicroUsd(value)).success}
          problem="Use an amount from 0 to 1,000,000, or leave it empty."
          onSave={(dollars) =>
            void change({ monthlyCapMicroUsd: dollars === null ? null : inMicroUsd(dollars) })
          }
        />
      </div>
      <p className={styles['note']}>Requests stop when the month’s cap is reached.</p>
      {unpriced.length > 0 && (
        <p className={styles['note']} role="status">
          The price of {unpriced.join(' and ')} is unknown. {describeUnpriced(provider.id)}
        </p>
      )}
    </section>
  );
}

/** Explains how the cap counts what has no known price. Only pictures have a dearest price. */
function describeUnpriced(service: ServiceId): string {
  const dearest = dearestPriceOf(service);
  return dearest === null
    ? 'The cap does not include it.'
    : `Each of its pictures counts as ${formatCost(dearest)}, the highest known price of this service.`;
}

function inMicroUsd(dollars: number): number {
  return Math.round(dollars * 1_000_000);
}

type NumberFieldProps = {
  label: string;
  value: number | null;
  /** Whether the value is valid. */
  isGood: (value: number | null) => boolean;
  problem: string;
  onSave: (value: number | null) => void;
};

function NumberField({ label, value, isGood, problem, onSave }: NumberFieldProps) {
  return (
    <TextField
      label={label}
      value={value === null ? '' : String(value)}
      placeholder="No limit"
      inputMode="decimal"
      validate={(text) => (isGood(read(text)) ? null : problem)}
      onSave={(text) => onSave(read(text))}
    />
  );
}

/** Parses a number. @returns null for an empty text, NaN for an invalid one. */
function read(text: string): number | null {
  return text === '' ? null : Number(text.replace(',', '.'));
}
