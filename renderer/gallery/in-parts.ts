// Requests about more pictures than one request takes: part after part, told as one.
import { mostChosen } from '../../shared/collections';
import type { Result } from '../../shared/errors';
import { toast } from '../ui/toasts';

/** @returns the ids of all that were changed; where a part fails the person is told, and it ends there. */
export async function inParts(
  imageIds: readonly string[],
  ask: (imageIds: string[]) => Promise<Result<string[]>>,
): Promise<string[]> {
  const changed: string[] = [];
  for (let at = 0; at < imageIds.length; at += mostChosen) {
    const reply = await ask(imageIds.slice(at, at + mostChosen));
    if (!reply.ok) {
      toast(reply.message, { tone: 'problem' });
      break;
    }
    changed.push(...reply.value);
  }
  return changed;
}
