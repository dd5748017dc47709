// What start-up does with the work that was under way when the app ended.
import { failedJob } from '../../../shared/generator-messages';
import type { Message } from '../../../shared/ipc';
import { findModel, providers } from '../../../shared/models';
import type { ChatContext } from './chat-context';
import { jobFor, questionOf } from './send-message';
import { settle } from './settle';

/**
 * Takes up everything that had not ended. What had not left yet, and what is free, runs again by itself; what
 * may have been billed ends as `interrupted` and says so, for the person to decide.
 */
export function recover(context: ChatContext): void {
  for (const message of context.store.messages.unfinished()) {
    // Only the version that knows its provider can end it; until then it shows as failed, with Retry.
    if (message.error?.code === 'unknown_provider') continue;
    if (mayHaveBeenBilled(message)) interrupt(context, message);
    else {
      context.store.messages.begin(message.id, 'pending', context.now());
      context.enqueue(jobFor(context, message, questionOf(context, message)));
    }
  }
}

function mayHaveBeenBilled(message: Message): message is Extract<Message, { kind: 'image' }> {
  return message.kind === 'image' && message.status !== 'pending' && !providers[message.provider].local;
}

function interrupt(context: ChatContext, message: Extract<Message, { kind: 'image' }>): void {
  const price = findModel(message.model)?.priceMicroUsd ?? null;
  settle(context, {
    job: {
      kind: 'picture',
      jobId: message.id,
      provider: message.provider,
      model: message.model,
      prompt: message.prompt,
      params: message.params,
    },
    outcome: failedJob(message.id, 'interrupted', 0, price),
    requestedAt: message.updatedAt,
  });
}
