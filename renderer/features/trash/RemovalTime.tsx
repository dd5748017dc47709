// The time until an item of Trash is removed, which stays correct in a window that is open for days.
import { useDay } from '../../ui/day';
import { removalText } from './trash-text';

export function RemovalTime({ removeAt }: { removeAt: number }) {
  return <time dateTime={new Date(removeAt).toISOString()}>{removalText(removeAt, useDay())}</time>;
}
