// The user's limits: pictures per minute and day, and money per month.

import { modelsOfService } from '../../../shared/domain/default-models';
import { type Limits, limitsOf, limitsSchema, monthlyCapSchema } from '../../../shared/domain/limits';
import { highestPriceOf } from '../../../shared/domain/model-lookup';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import { hasKnownPrice } from '../../../shared/domain/token-prices';
import { t } from '../../../shared/languages/translate';
import { type ChosenProvider, useChosenProvider } from '../../state/composer/chosen-provider';
import { limitSettings, useSettingsPlace } from '../../state/settings/open-settings';
import { useService, useServices } from '../../state/settings/services-store';
import { useSettings } from '../../state/settings/settings-store';
import { useDay } from '../../ui/day';
import { formatCost, formatList } from '../../ui/format';
import { readNumber } from '../../ui/read-number';
import { TextField } from '../../ui/TextField';
import styles from './LimitsSection.module.css';

export function LimitsSection() {
  const { settings, change } = useSettings();
  const provider = useShownProvider();
  const service = useService(provider.id);
  const day = useDay();
  const changeService = useServices((state) => state.change);
  const limits = limitsOf(serviceOf(provider.id), service?.limits ?? null);
  const cap = settings.monthlyCapMicroUsd;
  const unpriced = [provider.pictureModel, provider.textModel].filter(
    (model): model is string => model !== null && !hasKnownPrice(provider.id, model, day),
  );

  function save(changes: Partial<Limits>): Promise<boolean> {
    return changeService(provider.id, { limits: { ...limits, ...changes } });
  }

  return (
    <section className={styles['limits']} aria-labelledby="limits" data-setting="limits">
      <h3 id="limits">{t('usage.limits')}</h3>
      <p className={styles['note']}>{t('usage.limits_note', { service: serviceOf(provider.id).name })}</p>
      {/* Remounts for another service, so that a refused text does not stay in its fields. */}
      <div className={styles['fields']} key={provider.id}>
        <NumberField
          setting={limitSettings.limit_minute}
          label={t('usage.per_minute')}
          unit={t('usage.per_minute_unit')}
          value={limits.perMinute}
          isGood={(value) => limitsSchema.shape.perMinute.safeParse(value).success}
          problem={t('usage.limit_problem')}
          onSave={(perMinute) => save({ perMinute })}
        />
        <NumberField
          setting={limitSettings.limit_day}
          label={t('usage.per_day')}
          unit={t('usage.per_day_unit')}
          value={limits.perDay}
          isGood={(value) => limitsSchema.shape.perDay.safeParse(value).success}
          problem={t('usage.limit_problem')}
          onSave={(perDay) => save({ perDay })}
        />
        <NumberField
          setting={limitSettings.cap_reached}
          label={t('usage.monthly_cap')}
          unit={t('usage.monthly_cap_unit')}
          value={cap === null ? null : cap / 1_000_000}
          isGood={(value) => value === null || monthlyCapSchema.safeParse(inMicroUsd(value)).success}
          problem={t('usage.cap_problem')}
          onSave={(dollars) => change({ monthlyCapMicroUsd: dollars === null ? null : inMicroUsd(dollars) })}
        />
      </div>
      {hasUselessMinute(limits) && (
        <p className={styles['note']} role="status">
          {t('usage.useless_minute')}
        </p>
      )}
      {unpriced.length > 0 && (
        <p className={styles['note']} role="status">
          {describeUnpriced(provider.id, formatList(unpriced))}
        </p>
      )}
    </section>
  );
}

/** Returns the service that the address names, or else the chosen one. */
function useShownProvider(): ChosenProvider {
  const chosen = useChosenProvider();
  const named = useService(useSettingsPlace().service ?? chosen.id);
  return !named || named.id === chosen.id ? chosen : { id: named.id, ...modelsOfService(named) };
}

/** Explains how the cap counts requests without a known price. Only pictures have a highest price. */
function describeUnpriced(service: ServiceId, models: string): string {
  const dearest = highestPriceOf(service);
  return dearest === null
    ? t('usage.unpriced_uncapped', { models })
    : t('usage.unpriced_counted', { models, price: formatCost(dearest) });
}

function hasUselessMinute({ perMinute, perDay }: Limits): boolean {
  return perMinute !== null && perDay !== null && perDay <= perMinute;
}

function inMicroUsd(dollars: number): number {
  return Math.round(dollars * 1_000_000);
}

type NumberFieldProps = {
  /** Its `data-setting`. */
  setting: string;
  label: string;
  unit: string;
  value: number | null;
  /** Whether the value is valid. */
  isGood: (value: number | null) => boolean;
  problem: string;
  onSave: (value: number | null) => Promise<boolean>;
};

function NumberField({ setting, label, unit, value, isGood, problem, onSave }: NumberFieldProps) {
  return (
    <div data-setting={setting}>
      <TextField
        label={label}
        value={value === null ? '' : String(value)}
        placeholder={t('usage.no_limit')}
        unit={unit}
        inputMode="decimal"
        validate={(text) => (isGood(readNumber(text)) ? null : problem)}
        onSave={(text) => onSave(readNumber(text))}
      />
    </div>
  );
}
