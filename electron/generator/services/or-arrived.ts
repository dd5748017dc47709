// Keeps the pictures that have arrived although the answer around them cannot be read: they were made and paid for.
import { formatOf } from '../../../shared/domain/picture-bytes/format-of';
import { sentence } from '../../../shared/languages/sentence';
import type { DetachedStrings } from './http/detach-base64';
import type { MadePicture, ServiceFailure } from './service';

/**
 * Returns the pictures of an answer that has failed, if one of them has arrived whole and nothing has read it. The last one
 * comes first, because unfinished ones come before it. What the user has stopped stays stopped.
 *
 * @param costMicroUsd what the answer costs by its price; null if unknown.
 */
export function orArrived(
  made: MadePicture | ServiceFailure,
  { unread }: Pick<DetachedStrings, 'unread'>,
  costMicroUsd: number | null,
): MadePicture | ServiceFailure {
  if (made.ok || made.code === 'cancelled' || made.code === 'cancelled_late') return made;
  const arrived = unread()
    .filter((bytes) => formatOf(bytes) !== null)
    .toReversed();
  const [first, ...further] = arrived.map((bytes) => ({ bytes }));
  if (first === undefined) return made;
  return {
    ok: true,
    ...first,
    costMicroUsd,
    ...(further.length > 0 && { further }),
    warnings: [sentence('services.answer_damaged')],
  };
}
