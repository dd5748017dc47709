// The moment before a job's request leaves: its row says so first.
import type { Job } from '../../../shared/generator/messages';
import { faultPoint } from '../logging/fault-point';
import type { ChatContext } from './chat-context';

/**
 * Marks a message as `generating`. From here on a crash means that the request may have left. A job that takes up
 * what was cut off finds it so, and leaves it: `pending` would say that nothing had left.
 *
 * @returns false where the message is not waiting any more, so that its job must not run.
 */
export function markGenerating(
  context: Pick<ChatContext, 'store' | 'broadcast' | 'now'>,
  { kind, jobId: messageId }: Job,
): boolean {
  const message = context.store.messages.find(messageId);
  if (kind === 'recover') return message?.status === 'generating';
  if (message?.status !== 'pending') return false;
  context.store.messages.begin(messageId, 'generating', context.now());
  faultPoint('begin: committed');
  const begun = context.store.messages.find(messageId);
  if (begun) context.broadcast('message:updated', begun);
  return true;
}
