// The composer's meter: the cost of the next pictures, and how much of the limits is used.

import { type CSSProperties, useEffect } from 'react';
import type { LimitWindow, Usage } from '../../../shared/contract/usage';
import { dearestPriceOf, priceOf } from '../../../shared/domain/model-lookup';
import type { AspectRatio } from '../../../shared/domain/models';
import type { MessageId } from '../../../shared/languages/en';
import { joinSentences, t } from '../../../shared/languages/translate';
import { useChosenProvider, usePictureOptions } from '../../state/composer/chosen-provider';
import { useServices } from '../../state/settings/services-store';
import { useSettings } from '../../state/settings/settings-store';
import { useUsage } from '../../state/usage/usage-store';
import { formatCost } from '../../ui/format';
import styles from './UsageMeter.module.css';

/** `hidesPrice`: it is shown elsewhere. */
type Props = { count: number; aspectRatio: AspectRatio; hidesPrice: boolean };

export function UsageMeter({ count, aspectRatio, hidesPrice }: Props) {
  const usage = useUsage((state) => state.usage);
  const refresh = useUsage((state) => state.refresh);
  const provider = useChosenProvider();
  const { resolution, quality } = usePictureOptions();
  const settings = useSettings((state) => state.settings);
  const services = useServices((state) => state.services);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the figures depend on the provider, the limits and the cap.
  useEffect(() => {
    void refresh();
  }, [refresh, provider, services, settings.monthlyCapMicroUsd]);

  if (!usage || usage.provider !== provider.id) return null;
  const price = priceOf(provider.id, provider.pictureModel, {
    aspectRatio,
    ...(resolution && { resolution }),
    ...(quality && { quality }),
  });
  const fullest = [usage.minute, usage.day].toSorted((a, b) => fullness(b) - fullness(a))[0];
  const isShown = fullest !== undefined && fullest.limit !== null && fullest.used > 0;
  const isPriced = price !== 0 && !hidesPrice;
  if (!isShown && !isPriced) return null;
  const words = joinSentences([price === null && unpriced(usage, provider.pictureModel), describe(usage)]);
  const level: CSSProperties & Record<'--level', number> = { '--level': fullest ? fullness(fullest) : 0 };
  return (
    <span className={styles['usage']} title={words}>
      {isPriced && (
        <span className={styles['cost']}>
          {price === null
            ? t('usage.cost_unknown')
            : t('usage.about_cost', { cost: formatCost(price * count) })}
        </span>
      )}
      {isShown && (
        <meter
          className={styles['meter']}
          aria-label={t('usage.meter')}
          max={fullest.limit ?? 0}
          value={fullest.used}
          aria-valuetext={words}
          data-full={fullness(fullest) >= 1 || undefined}
          style={level}
        />
      )}
    </span>
  );
}

/** 0 to 1. */
function fullness({ used, limit }: LimitWindow): number {
  return limit === null ? 0 : Math.min(1, used / limit);
}

function unpriced({ provider, capMicroUsd }: Usage, model: string): string {
  if (capMicroUsd === null) return t('usage.unknown_model_cost', { model });
  const dearest = dearestPriceOf(provider);
  return dearest === null
    ? t('usage.unknown_model_cost_uncapped', { model })
    : t('usage.unknown_model_cost_counted', { model, price: formatCost(dearest) });
}

function describe({ minute, day, spentMonthMicroUsd, capMicroUsd }: Usage): string {
  const cost = formatCost(spentMonthMicroUsd);
  return joinSentences([
    describeWindow('usage.used_in_minute', minute),
    describeWindow('usage.used_in_day', day),
    capMicroUsd === null
      ? t('usage.spent', { cost })
      : t('usage.spent_of_cap', { cost, cap: formatCost(capMicroUsd) }),
  ]);
}

function describeWindow(id: MessageId, { used, limit }: LimitWindow): string {
  return limit === null ? '' : t(id, { used, limit });
}
