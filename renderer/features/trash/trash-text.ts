// Texts about the removal of items in Trash.

import type { EmptiedTrash, TrashSize } from '../../../shared/contract/trash';
import { t } from '../../../shared/languages/translate';
import { formatBytes, formatDay } from '../../ui/format';

type Counts = Pick<TrashSize, 'pictures' | 'conversations'>;

/** Describes what emptying Trash will delete. */
export function explainEmptying(size: TrashSize): string {
  return t('trash.explain_emptying', { what: list(size), size: formatBytes(size.bytes) });
}

/** Describes the freed space, and items that stayed because their conversations are unfinished. */
export function explainEmptied({ bytes, stayed }: EmptiedTrash): string {
  const size = formatBytes(bytes);
  const { pictures, conversations } = stayed;
  if (pictures + conversations === 0) return t('trash.emptied', { size });
  if (conversations === 0) return t('trash.stayed', { size, what: list(stayed) });
  return t('trash.stayed_unfinished', { size, what: list(stayed), conversations });
}

/**
 * Returns when something will be removed. The removal runs hourly, so it may be overdue.
 *
 * @param today any time of the current day
 */
export function removalText(removeAt: number, today: number): string {
  const isToday = new Date(removeAt).toDateString() === new Date(today).toDateString();
  return removeAt <= today || isToday
    ? t('trash.removed_today')
    : t('trash.removed_on', { day: formatDay(removeAt, today) });
}

function list({ pictures, conversations }: Counts): string {
  const ofPictures = t('trash.pictures', { count: pictures });
  if (conversations === 0) return pictures === 0 ? '' : ofPictures;
  const ofConversations = t('trash.conversations', { count: conversations });
  return pictures === 0
    ? ofConversations
    : t('trash.both', { pictures: ofPictures, conversations: ofConversations });
}
