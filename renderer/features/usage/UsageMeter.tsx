// The composer's meter: the cost of the next pictures, and how much of the limits is used.

import { type CSSProperties, useEffect } from 'react';
import type { LimitWindow, Usage } from '../../../shared/contract/usage';
import { limitsOf } from '../../../shared/domain/limits';
import { highestPriceOf } from '../../../shared/domain/model-lookup';
import type { AspectRatio } from '../../../shared/domain/models';
import { serviceOf } from '../../../shared/domain/service-directory';
import { joinSentences, t } from '../../../shared/languages/translate';
import { useChosenProvider, usePictureOptions } from '../../state/composer/chosen-provider';
import { priceOfRequest, priceText } from '../../state/composer/request-size';
import { useService } from '../../state/settings/services-store';
import { useSettings } from '../../state/settings/settings-store';
import { useUsage } from '../../state/usage/usage-store';
import { formatCost } from '../../ui/format';
import { spare } from '../../ui/use-fitting-labels';
import styles from './UsageMeter.module.css';

/** `hidesPrice`: the price is shown elsewhere. */
type Props = { count: number; aspectRatio: AspectRatio; hidesPrice: boolean };

export function UsageMeter({ count, aspectRatio, hidesPrice }: Props) {
  const usage = useUsage((state) => state.usage);
  const refresh = useUsage((state) => state.refresh);
  const provider = useChosenProvider();
  const options = usePictureOptions();
  const settings = useSettings((state) => state.settings);
  const service = useService(provider.id);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each change of the provider, the limits or the cap.
  useEffect(() => {
    void refresh();
  }, [refresh, provider, service, settings.monthlyCapMicroUsd]);

  const models = [{ serviceId: provider.id, model: provider.pictureModel }];
  const price = priceOfRequest(models, count, { aspectRatio, optionsOf: () => options });
  // Figures of another service are outdated and being read again.
  const known = usage?.provider === provider.id ? usage : null;
  const isLimited = Object.values(limitsOf(serviceOf(provider.id), service?.limits ?? null)).some(
    (limit) => limit !== null,
  );
  const isPriced = price.isUnknown || price.amount !== 0;
  if (!isLimited && !isPriced) return null;
  const costs =
    known && joinSentences([price.isUnknown && unpriced(known, provider.pictureModel), spent(known)]);
  return (
    <span className={styles['usage']}>
      {/* First, so that its reserved space is not a gap beside the ring. */}
      {isPriced && (
        <span className={styles['cost']} data-elsewhere={hidesPrice || undefined} title={costs ?? undefined}>
          {priceText(price)}
        </span>
      )}
      {isLimited && <Ring usage={known} />}
    </span>
  );
}

/** Shows how much of the fuller limit is used: a ring, which is always present, and a text if there is room. */
function Ring({ usage }: { usage: Usage | null }) {
  const fullest = usage && fullness(usage.day) > fullness(usage.minute) ? 'day' : 'minute';
  const { used, limit } = usage?.[fullest] ?? { used: 0, limit: null };
  if (limit === null || used === 0) return <span className={styles['place']} />;
  const level: CSSProperties & Record<'--level', number> = { '--level': fullness({ used, limit }) };
  const words = t(`usage.used_of_${fullest}`, { used, limit });
  return (
    <span className={styles['limit']} title={`${words}\n${t(`usage.meter_hint_${fullest}`)}`}>
      <span aria-hidden {...spare('limits')}>
        {words}
      </span>
      <meter
        className={styles['meter']}
        aria-label={t('usage.meter')}
        max={limit}
        value={used}
        aria-valuetext={words}
        data-full={used >= limit || undefined}
        style={level}
      />
    </span>
  );
}

/** 0 to 1. */
function fullness({ used, limit }: Pick<LimitWindow, 'used' | 'limit'>): number {
  return limit === null ? 0 : Math.min(1, used / limit);
}

function unpriced({ provider, capMicroUsd }: Usage, model: string): string {
  if (capMicroUsd === null) return t('usage.unknown_model_cost', { model });
  const dearest = highestPriceOf(provider);
  return dearest === null
    ? t('usage.unknown_model_cost_uncapped', { model })
    : t('usage.unknown_model_cost_counted', { model, price: formatCost(dearest) });
}

function spent({ spentMonthMicroUsd, capMicroUsd }: Usage): string {
  const cost = formatCost(spentMonthMicroUsd);
  return capMicroUsd === null
    ? t('usage.spent', { cost })
    : t('usage.spent_of_cap', { cost, cap: formatCost(capMicroUsd) });
}
