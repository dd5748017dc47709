// What the list says about a model, in words.
import type { ModelEntry } from '../../../state/models/model-entries';
import { formatBytes, formatCost, formatDate, formatDuration } from '../../../ui/format';

/** Returns the price of a picture: "free", "$0.034" or "price unknown". */
export function priceText({ price }: ModelEntry): string {
  return price === null ? 'price unknown' : formatCost(price);
}

/** Returns the size of a model on this computer; empty if it is elsewhere. */
export function sizeText({ bytes }: ModelEntry): string {
  return bytes === null ? '' : formatBytes(bytes);
}

/** Returns how long a picture usually takes, as "about 12 s"; empty if none was made yet. */
export function timeText({ usualMs }: ModelEntry): string {
  return usualMs === null ? '' : `about ${formatDuration(usualMs)}`;
}

/** Returns when a model ends, or that it has; empty if it is simply there. */
export function lifeText({ life, isUnlisted }: ModelEntry): string {
  switch (life.state) {
    case 'shut-down':
      return 'Retired';
    case 'deprecated':
      return life.until === undefined ? 'Retires soon' : `Retires ${dayOf(life.until)}`;
    case 'available':
      return isUnlisted ? 'Not listed' : '';
  }
}

/** Returns everything that the row of a model shows besides its name, as one text. */
export function describeModel(entry: ModelEntry): string {
  const key = entry.needsKey ? 'needs a key' : '';
  return [lifeText(entry), key, sizeText(entry), timeText(entry), priceText(entry)]
    .filter(Boolean)
    .join(', ');
}

/** @param day an ISO 8601 day. */
function dayOf(day: string): string {
  return formatDate(new Date(`${day}T12:00:00`), { day: 'numeric', month: 'short', year: 'numeric' });
}
