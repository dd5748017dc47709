import { expect, test } from 'vitest';
import { messageStatuses } from '../../../shared/domain/conversations';
import { priceOf } from '../../../shared/domain/model-lookup';
import { newId } from '../db/new-id';
import { openTestContext } from '../test-support/open-test-context';
import { type SendChanges, waitingJob } from '../test-support/test-messages';
import { markGenerating } from './mark-generating';

function pendingMessage(changes: SendChanges = {}, provider: 'painter' | 'google' = 'painter') {
  const chat = openTestContext();
  chat.world.provider = provider;
  const job = waitingJob(chat, changes);
  return { ...chat, id: job.jobId, job };
}

test('marks a pending message as generating, with its request, and broadcasts it', () => {
  const { context, store, broadcasts, world, id, job } = pendingMessage();
  world.now += 50;
  expect(markGenerating(context, job, world.now)).toBe(true);
  const message = store.messages.find(id);
  expect(message).toMatchObject({ status: 'generating', updatedAt: world.now });
  expect(store.messages.requestId(id)).toBe(job.requestId);
  expect(broadcasts['message:updated']).toEqual([message]);
});

test.each([
  ['a free picture costs nothing', 'painter', {}, 0],
  ['a billed picture costs its price', 'google', {}, priceOf('google', 'gemini-nano-banana-2.1')],
  ['a billed reply costs an unknown amount', 'google', { text: 'what can you do?' }, null],
] as const)('opens the charge of the request: %s', (_case, provider, changes, amountMicroUsd) => {
  const { context, store, world, id, job } = pendingMessage(changes, provider);
  markGenerating(context, job, world.now);
  expect(store.charges.ofMessage(id)).toEqual([
    { id: job.requestId, messageId: id, requestedAt: world.now, amountMicroUsd, state: 'open' },
  ]);
});

test('opens no charge for a reply that needs no model', () => {
  const { context, store, world, id, job } = pendingMessage({ text: '/image' });
  expect(markGenerating(context, job, world.now)).toBe(true);
  expect(store.charges.ofMessage(id)).toEqual([]);
});

test('opens no charge for a recovery, which makes no request', () => {
  const { context, store, world, id, job } = pendingMessage({}, 'google');
  if (job.kind !== 'picture') throw new Error('no picture');
  expect(markGenerating(context, { ...job, kind: 'recover' }, world.now)).toBe(true);
  expect(store.messages.requestId(id)).toBe(job.requestId);
  expect(store.charges.ofMessage(id)).toEqual([]);
});

test.each(messageStatuses.filter((status) => status !== 'pending'))(
  'refuses a message that is %s and changes nothing',
  (status) => {
    const { context, store, broadcasts, world, id, job } = pendingMessage({}, 'google');
    if (status === 'ready') store.messages.setReplied(id, '', world.now);
    else if (status === 'generating') store.messages.begin(id, newId(), world.now);
    else store.messages.setEnded(id, status, { code: 'internal', message: 'Because.' }, world.now);
    const before = store.messages.find(id);
    expect(before?.status).toBe(status);
    world.now += 50;
    expect(markGenerating(context, job, world.now)).toBe(false);
    expect(store.messages.find(id)).toEqual(before);
    expect(store.charges.find(job.requestId)).toBeUndefined();
    expect(broadcasts['message:updated']).toEqual([]);
  },
);

test.each(['was stopped', 'is in a deleted conversation'])('refuses a message that %s', (state) => {
  const { context, store, broadcasts, world, id, job } = pendingMessage({}, 'google');
  if (state === 'was stopped') store.messages.requestStop(id);
  else store.conversations.delete(store.messages.find(id)?.conversationId ?? '', 5);
  const before = store.messages.find(id);
  expect(markGenerating(context, job, world.now)).toBe(false);
  expect(store.messages.find(id)).toEqual(before);
  expect(store.charges.find(job.requestId)).toBeUndefined();
  expect(broadcasts['message:updated']).toEqual([]);
});

test('refuses an unknown message', () => {
  const { context, store, broadcasts, world, job } = pendingMessage({}, 'google');
  expect(markGenerating(context, { ...job, jobId: newId() }, world.now)).toBe(false);
  expect(store.charges.find(job.requestId)).toBeUndefined();
  expect(broadcasts['message:updated']).toEqual([]);
});
