// What start-up does with the work that was under way when the app ended.

import type { Message } from '../../../shared/domain/conversations';
import { isBilledReply } from '../../../shared/generator/billing';
import { failedJob } from '../../../shared/generator/messages';
import type { ChatContext } from './chat-context';
import { jobFor, questionOf } from './job-for';
import { queueAgain } from './postpone';
import { settle } from './settle';

/**
 * Takes up everything that had not ended. What had not left yet is queued again, and so are words that cost
 * nothing; those that may have been billed end as interrupted, with what had come of them. A picture that was being
 * made is looked for on disk first; see generation/run-job.ts for what follows where it is not there.
 */
export function recover(context: ChatContext): void {
  for (const message of context.store.messages.unfinished()) {
    // Only the version that knows its provider can end it; until then it shows as failed, with Retry.
    if (message.error?.code === 'unknown_provider') continue;
    const job = jobFor(context, message, questionOf(context, message));
    if (job.kind === 'picture' && message.status === 'generating') {
      const draft = context.store.generationLog.findAhead(message.id);
      context.resume({ ...job, kind: 'recover', ...(draft && { prefetchId: draft.id }) });
      continue;
    }
    if (isBilledReply(job) && hadLeft(message)) {
      settle(context, {
        job,
        outcome: failedJob(job.jobId, 'interrupted', 0),
        requestedAt: message.updatedAt,
      });
      continue;
    }
    if (message.kind === 'text' || message.retryAt === null) {
      context.store.messages.begin(message.id, 'pending', context.now());
    }
    queueAgain(context, message, job);
  }
}

function hadLeft({ status }: Message): boolean {
  return status === 'generating' || status === 'streaming';
}
