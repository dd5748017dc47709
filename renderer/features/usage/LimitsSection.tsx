// The user's limits: pictures per minute and day, and money per month.

import { type Limits, limitsOf, limitsSchema, monthlyCapSchema } from '../../../shared/domain/limits';
import { dearestPriceOf } from '../../../shared/domain/model-lookup';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import { hasKnownPrice } from '../../../shared/domain/token-prices';
import { useService, useServices } from '../../state/settings/services-store';
import { useSettings } from '../../state/settings/settings-store';
import { formatCost } from '../../ui/format';
import { readNumber } from '../../ui/read-number';
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

  function save(changes: Partial<Limits>): Promise<boolean> {
    return changeService(provider.id, { limits: { ...limits, ...changes } });
  }

  return (
    <section className={styles['limits']} aria-labelledby="limits" data-setting="limits">
      <h3 id="limits">Limits</h3>
      <p className={styles['note']}>
        The limits of {serviceOf(provider.id).name}. An empty field sets none. Pictures over the limit a
        minute wait for the next minute. Those over the limit a day, or over the month’s cap, are not
        requested and say when they can be.
      </p>
      {/* Another service has limits of its own, and nothing of a refused text. */}
      <div className={styles['fields']} key={provider.id}>
        <NumberField
          label="Pictures a minute"
          unit="a minute"
          value={limits.perMinute}
          isGood={(value) => limitsSchema.shape.perMinute.safeParse(value).success}
          problem="Use a whole number from 1 to 100000, without separators, or leave it empty."
          onSave={(perMinute) => save({ perMinute })}
        />
        <NumberField
          label="Pictures a day"
          unit="a day"
          value={limits.perDay}
          isGood={(value) => limitsSchema.shape.perDay.safeParse(value).success}
          problem="Use a whole number from 1 to 100000, without separators, or leave it empty."
          onSave={(perDay) => save({ perDay })}
        />
        <NumberField
          label="Dollars a month, all services"
          unit="US$ a month"
          value={cap === null ? null : cap / 1_000_000}
          isGood={(value) => value === null || monthlyCapSchema.safeParse(inMicroUsd(value)).success}
          problem="Use an amount from 0 to 1000000, such as 20 or 2.50, or leave it empty."
          onSave={(dollars) => change({ monthlyCapMicroUsd: dollars === null ? null : inMicroUsd(dollars) })}
        />
      </div>
      {hasUselessMinute(limits) && (
        <p className={styles['note']} role="status">
          The limit a day is reached before the limit a minute, which therefore has no effect.
        </p>
      )}
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

function hasUselessMinute({ perMinute, perDay }: Limits): boolean {
  return perMinute !== null && perDay !== null && perDay <= perMinute;
}

function inMicroUsd(dollars: number): number {
  return Math.round(dollars * 1_000_000);
}

type NumberFieldProps = {
  label: string;
  unit: string;
  value: number | null;
  /** Whether the value is valid. */
  isGood: (value: number | null) => boolean;
  problem: string;
  onSave: (value: number | null) => Promise<boolean>;
};

function NumberField({ label, unit, value, isGood, problem, onSave }: NumberFieldProps) {
  return (
    <TextField
      label={label}
      value={value === null ? '' : String(value)}
      placeholder="No limit"
      unit={unit}
      inputMode="decimal"
      validate={(text) => (isGood(readNumber(text)) ? null : problem)}
      onSave={(text) => onSave(readNumber(text))}
    />
  );
}
