// Keeps pictures that have arrived although the answer around them cannot be read, because they were paid for.
import { formatOf } from '../../../shared/domain/picture-bytes/format-of';
import { sentence } from '../../../shared/languages/sentence';
import type { DetachedStrings } from './http/detach-base64';
import type { MadePicture, ServiceFailure } from './service';

/**
 * Turns a failed answer into a success if complete pictures have arrived in it that nothing has read. The last one
 * comes first, because partial pictures precede it. A cancelled answer stays cancelled.
 *
 * @param costMicroUsd cost of the answer by its price; null if unknown.
 */
export function salvagePictures(
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
