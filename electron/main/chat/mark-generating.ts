// Records in a message's row that its request is about to leave.
import type { Job } from '../../../shared/generator/jobs';
import { faultPoint } from '../logging/fault-point';
import type { ChatContext } from './chat-context';

/**
 * Marks a message as `generating`: after a crash, its request may have left. A job that recovers an interrupted
 * picture keeps that status, because `pending` would mean that nothing has left.
 *
 * @returns false if the message no longer waits, so that its job must not run.
 */
export function markGenerating(
  context: Pick<ChatContext, 'store' | 'broadcast' | 'now'>,
  { kind, jobId: messageId }: Job,
): boolean {
  const message = context.store.messages.find(messageId);
  if (kind === 'recover') return message?.status === 'generating';
  if (message?.status !== 'pending') return false;
  context.store.messages.startAttempt(messageId, 'generating', context.now());
  faultPoint('begin: committed');
  const marked = context.store.messages.find(messageId);
  if (marked) context.broadcast('message:updated', marked);
  return true;
}
