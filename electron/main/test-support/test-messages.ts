// For tests: sends messages as the renderer does, and begins and ends the jobs that follow.
import type { ReplyOf, RequestInput } from '../../../shared/contract';
import type { Job } from '../../../shared/generator/jobs';
import type { StoredPicture } from '../../../shared/generator/messages';
import { markGenerating } from '../chat/mark-generating';
import { sendMessage } from '../chat/send-message';
import { newId } from '../db/new-id';
import type { TestContext } from './test-context';

/** `count`: the number of answers, for tests that do not care about their ids. */
export type SendChanges = Partial<RequestInput<'chat:send'>> & { count?: number };

/** Returns a message with ids of its own: to a new conversation unless one is given. */
export function sendInput({ count = 1, ...changes }: SendChanges = {}): RequestInput<'chat:send'> {
  return {
    conversationId: newId(),
    isNew: changes.conversationId === undefined,
    questionId: newId(),
    answerIds: Array.from({ length: count }, () => newId()),
    isDraft: false,
    text: 'draw a fox',
    mode: 'auto',
    aspectRatio: '1:1',
    ...changes,
  };
}

/** Sends a message that must not be refused. */
export function sent({ context }: Pick<TestContext, 'context'>, changes?: SendChanges): ReplyOf<'chat:send'> {
  const reply = sendMessage(context, sendInput(changes));
  if (!reply.ok) throw new Error(reply.code);
  return reply.value;
}

/** Sends a message. Returns the job of its last answer, which has not begun. */
export function waitingJob(chat: Pick<TestContext, 'context' | 'waitingJobs'>, changes?: SendChanges): Job {
  const answer = sent(chat, changes).messages.at(-1);
  const job = chat.waitingJobs().find(({ jobId }) => jobId === answer?.id);
  if (!job) throw new Error('No job waits.');
  return job;
}

/** Sends a message. Returns the job of its last answer, which has begun. */
export function startedJob(chat: TestContext, changes?: SendChanges): Job {
  const job = waitingJob(chat, changes);
  if (!markGenerating(chat.context, job, chat.world.now)) throw new Error('The job did not begin.');
  return job;
}

/** Returns the outcome of a picture job that has brought a picture. */
export function storedPicture(
  { jobId, requestId, provider, model }: Job,
  changes: Partial<StoredPicture> = {},
): StoredPicture {
  return {
    ...{ type: 'stored', jobId, requestId, provider, model: model ?? '' },
    ...{ file: `images/ab/${jobId}.png`, width: 1024, height: 768, bytes: 54_321, thumbhash: 'AAH+/w==' },
    ...{ costMicroUsd: 33_600, durationMs: 1234.56, storeMs: 12.3 },
    ...changes,
  };
}
