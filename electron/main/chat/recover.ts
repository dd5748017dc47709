// Resumes at start-up what was unfinished when the app ended.
import type { Message } from '../../../shared/domain/conversations';
import { isBilledReply } from '../../../shared/generator/billing';
import { failedJob } from '../../../shared/generator/messages';
import type { ChatContext } from './chat-context';
import { jobFor, questionOf } from './job-for';
import { requeue } from './postpone';
import { settle } from './settle';

/**
 * Resumes every unfinished message. A message whose request had not left is queued again, and so is a free text reply.
 * A text reply that may have been billed ends as interrupted, with the text that had arrived. A picture whose request
 * may have left is looked for on disk first; generation/run-job.ts decides what follows if it is not there.
 */
export function recover(context: ChatContext): void {
  for (const message of context.store.messages.unfinished()) {
    // Only a version that knows the provider can end it; until then it shows as failed, with Retry.
    if (message.error?.code === 'unknown_provider') continue;
    const job = jobFor(context, message, questionOf(context, message));
    if (job.kind === 'picture' && message.status === 'generating') {
      const prefetched = context.store.generationLog.findPrefetch(message.id);
      context.resume({ ...job, kind: 'recover', ...(prefetched && { requestId: prefetched.id }) });
      continue;
    }
    if (isBilledReply(job) && mayHaveLeft(message)) {
      settle(context, {
        job,
        outcome: failedJob(job.jobId, 'interrupted', 0),
        requestedAt: message.updatedAt,
      });
      continue;
    }
    if (message.kind === 'text' || message.retryAt === null) {
      context.store.messages.startAttempt(message.id, 'pending', context.now());
    }
    requeue(context, message, job);
  }
}

function mayHaveLeft({ status }: Message): boolean {
  return status === 'generating' || status === 'streaming';
}
