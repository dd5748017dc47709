import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { failedJob } from '../../../shared/generator-messages';
import { openPlain } from '../db/test-database';
import { createTestContext, temporaryFolder } from '../test-context';
import { createPatientSettle } from './patient-settle';
import { sendMessage } from './send-message';

function waitingPicture() {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = path.join(folder, 'test.db');
  const chat = createTestContext(file);
  onTestFinished(() => chat.store.close());
  sendMessage(chat.context, {
    conversationId: null,
    text: 'draw a fox',
    mode: 'picture',
    aspectRatio: '1:1',
    count: 2,
  });
  chat.runAfterReply();
  const told: unknown[] = [];
  return { chat, file, told, settling: createPatientSettle(chat.context, (error) => void told.push(error)) };
}

test('what could not be written is written once it can be, and what waits is queued again', () => {
  const { chat, file, told, settling } = waitingPicture();
  const [job, other] = chat.enqueued.splice(0);
  if (!job || !other) throw new Error('nothing was queued');
  const ended = { job, outcome: failedJob(job.jobId, 'refused', 5), requestedAt: 1 };
  // A stranger's trigger refuses every end, as a full disk would.
  const stranger = openPlain(file);
  onTestFinished(() => void stranger.close());
  stranger.exec(`CREATE TRIGGER full BEFORE UPDATE ON messages BEGIN SELECT RAISE(ABORT, 'no room'); END`);
  expect(() => settling.settle(ended)).toThrow('no room');
  settling.retry();
  expect(told).toHaveLength(2);
  expect(chat.store.messages.find(job.jobId)?.status).toBe('pending');
  stranger.exec('DROP TRIGGER full');
  settling.retry();
  expect(chat.store.messages.find(job.jobId)?.status).toBe('failed');
  expect(chat.enqueued.map(({ jobId }) => jobId)).toEqual([other.jobId]);
});
