// What start-up does with the work that was under way when the app ended.
import type { ChatContext } from './chat-context';
import { jobFor, questionOf } from './send-message';

/**
 * Takes up everything that had not ended. What had not left yet, and words, are queued again. A picture that was
 * being made is looked for on disk first; see generation/run-job.ts for what follows where it is not there.
 */
export function recover(context: ChatContext): void {
  for (const message of context.store.messages.unfinished()) {
    // Only the version that knows its provider can end it; until then it shows as failed, with Retry.
    if (message.error?.code === 'unknown_provider') continue;
    const job = jobFor(context, message, questionOf(context, message));
    if (job.kind === 'picture' && message.status === 'generating') {
      context.resume({ ...job, kind: 'adopt' });
      continue;
    }
    context.store.messages.begin(message.id, 'pending', context.now());
    context.resume(job);
  }
}
