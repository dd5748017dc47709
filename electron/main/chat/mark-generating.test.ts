import { expect, onTestFinished, test } from 'vitest';
import { messageStatuses } from '../../../shared/domain/conversations';
import type { Job } from '../../../shared/generator/jobs';
import { newId } from '../db/new-id';
import { createTestContext } from '../test-support/test-context';
import { markGenerating } from './mark-generating';
import { sendMessage } from './send-message';

function pendingMessage() {
  const world = createTestContext();
  onTestFinished(() => world.store.close());
  const reply = sendMessage(world.context, {
    conversationId: null,
    text: 'draw a fox',
    mode: 'auto',
    aspectRatio: '1:1',
    count: 1,
  });
  const id = reply.ok ? (reply.value.messages[1]?.id ?? '') : '';
  const job: Job = {
    kind: 'picture',
    jobId: id,
    requestId: newId(),
    provider: 'painter',
    model: 'painter-1',
    prompt: 'a fox',
    params: { aspectRatio: '1:1', seed: 1 },
  };
  return { ...world, id, job };
}

test('marks a pending message as generating and broadcasts it', () => {
  const { context, store, broadcasts, world, id, job } = pendingMessage();
  world.now += 50;
  expect(markGenerating(context, job)).toBe(true);
  const message = store.messages.find(id);
  expect(message).toMatchObject({ status: 'generating', updatedAt: world.now });
  expect(broadcasts['message:updated']).toEqual([message]);
});

test.each(messageStatuses.filter((status) => status !== 'pending'))(
  'refuses a message that is %s and changes nothing',
  (status) => {
    const { context, store, broadcasts, world, id, job } = pendingMessage();
    if (status === 'ready') store.messages.setReplied(id, '', world.now);
    else if (status === 'generating') store.messages.startAttempt(id, 'generating', world.now);
    else store.messages.setEnded(id, status, 'internal', 'Because.', world.now);
    const before = store.messages.find(id);
    expect(before?.status).toBe(status);
    world.now += 50;
    expect(markGenerating(context, job)).toBe(false);
    expect(store.messages.find(id)).toEqual(before);
    expect(broadcasts['message:updated']).toEqual([]);
  },
);

test('refuses an unknown message', () => {
  const { context, broadcasts, job } = pendingMessage();
  expect(markGenerating(context, { ...job, jobId: newId() })).toBe(false);
  expect(broadcasts['message:updated']).toEqual([]);
});

test('accepts a recovery of a generating message and leaves its row as it is', () => {
  const { context, store, broadcasts, world, id, job } = pendingMessage();
  store.messages.startAttempt(id, 'generating', world.now);
  const before = store.messages.find(id);
  world.now += 50;
  expect(markGenerating(context, { ...job, kind: 'recover' })).toBe(true);
  expect(store.messages.find(id)).toEqual(before);
  expect(broadcasts['message:updated']).toEqual([]);
  store.messages.setEnded(id, 'cancelled', 'cancelled', 'Stopped.', world.now);
  expect(markGenerating(context, { ...job, kind: 'recover' })).toBe(false);
});
