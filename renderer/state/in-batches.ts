// Splits a request about many pictures into batches and reports them as one.

import type { Result } from '../../shared/domain/errors';
import { t } from '../../shared/languages/translate';
import { lastingToast, toast } from '../ui/toasts';

/** Number of pictures in a batch, which keeps the main process busy for about a tenth of a second. */
const batchSize = 1000;
/** More batches than this show a progress notice. */
const maxSilentBatches = 3;

/**
 * Stops after the first batch that fails and reports the failure to the user.
 *
 * @param doing such as "Moving to Trash": shown with the progress of a long operation.
 * @returns the ids of all changed pictures.
 */
export async function inBatches(
  imageIds: readonly string[],
  doing: string,
  send: (imageIds: string[]) => Promise<Result<string[]>>,
): Promise<string[]> {
  const changed: string[] = [];
  const notice =
    imageIds.length > batchSize * maxSilentBatches ? lastingToast(t('gallery.doing', { doing })) : null;
  for (let at = 0; at < imageIds.length; at += batchSize) {
    if (at > 0) notice?.say(t('gallery.doing_progress', { doing, done: at, total: imageIds.length }));
    const reply = await send(imageIds.slice(at, at + batchSize));
    if (!reply.ok) {
      toast(reply.message, { tone: 'problem' });
      break;
    }
    changed.push(...reply.value);
  }
  notice?.end();
  return changed;
}
