// The texts of a model in the list.

import { labelOfModel } from '../../../../shared/domain/model-lookup';
import { t } from '../../../../shared/languages/translate';
import { joinFacts } from '../../../picture/join-facts';
import type { ModelEntry } from '../../../state/models/model-entries';
import { keyLackFact } from '../../../state/settings/service-keys';
import { formatBytes, formatCost, formatDate, formatDuration } from '../../../ui/format';

/** Returns the price of a picture: "free", "$0.034" or "price unknown". */
export function priceText({ price }: ModelEntry): string {
  return price === null ? t('models.price_unknown') : formatCost(price);
}

/** Returns the size of a model on this computer; empty if it is elsewhere. */
export function sizeText({ bytes }: ModelEntry): string {
  return bytes === null ? '' : formatBytes(bytes);
}

/** Returns how long a picture usually takes, as "about 12 s"; empty if none was made yet. */
export function timeText({ usualMs }: ModelEntry): string {
  return usualMs === null ? '' : t('models.usual_time', { time: formatDuration(usualMs) });
}

/** Returns when a model ends, or that it has ended; empty for a model without an end. */
export function lifecycleText({ life, isUnlisted }: ModelEntry): string {
  switch (life.state) {
    case 'shut-down':
      return t('models.retired', { model: labelOfModel(life.replacement) });
    case 'deprecated':
      return life.until === undefined
        ? t('models.retires_soon')
        : t('models.retires_on', { day: dayOf(life.until) });
    case 'available':
      return isUnlisted ? t('models.not_listed') : '';
  }
}

/** Returns everything that the row of a model shows besides its name, as one text. */
export function describeModel(entry: ModelEntry): string {
  const key = entry.keyLack === null ? '' : keyLackFact(entry.keyLack);
  const facts = [lifecycleText(entry), key, sizeText(entry), timeText(entry), priceText(entry)];
  return joinFacts(facts.filter((fact) => fact !== ''));
}

/** @param day an ISO 8601 date. */
function dayOf(day: string): string {
  return formatDate(new Date(`${day}T12:00:00`), { day: 'numeric', month: 'short', year: 'numeric' });
}
