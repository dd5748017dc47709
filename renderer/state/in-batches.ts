// Requests about more pictures than one request should take: part after part, told as one.
import type { Result } from '../../shared/domain/errors';
import { lastingToast, toast } from '../ui/toasts';

/** Writing so many takes the main process about a tenth of a second: it is there for others in between. */
const perPart = 1000;
/** More parts than this are work that one waits for, and is told how far it is. */
const maxSilentBatch = 3;

/**
 * @param doing what is done to them, such as "Moving to Trash": shown with how far it is, where it takes long.
 * @returns the ids of all that were changed; where a part fails the user is told, and it ends there.
 */
export async function inBatches(
  imageIds: readonly string[],
  doing: string,
  ask: (imageIds: string[]) => Promise<Result<string[]>>,
): Promise<string[]> {
  const changed: string[] = [];
  const notice = imageIds.length > perPart * maxSilentBatch ? lastingToast(`${doing}…`) : null;
  for (let at = 0; at < imageIds.length; at += perPart) {
    if (at > 0)
      notice?.say(`${doing}: ${at.toLocaleString('en')} of ${imageIds.length.toLocaleString('en')}`);
    const reply = await ask(imageIds.slice(at, at + perPart));
    if (!reply.ok) {
      toast(reply.message, { tone: 'problem' });
      break;
    }
    changed.push(...reply.value);
  }
  notice?.end();
  return changed;
}
