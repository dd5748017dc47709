import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Message, MessageStatus } from '../../../shared/domain/conversations';
import { providers } from '../../../shared/domain/model-catalogue';
import { priceOf } from '../../../shared/domain/model-lookup';
import { type ProviderId, providerIds } from '../../../shared/domain/models';
import { failedJob } from '../../../shared/generator/messages';
import { drainBatch } from '../outbox/drain';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { recover } from './recover';
import { sendMessage } from './send-message';
import { settle } from './settle';

let chat: TestContext;

beforeEach(() => {
  chat = createTestContext();
  onTestFinished(() => chat.store.close());
});

/** Returns a message in this state whose job was lost with the process. */
function unfinished(text: string, status: MessageStatus, provider: ProviderId = 'painter'): Message {
  chat.world.provider = provider;
  const reply = sendMessage(chat.context, {
    conversationId: null,
    text,
    mode: 'auto',
    aspectRatio: '4:3',
    count: 1,
  });
  const answer = reply.ok ? reply.value.messages[1] : undefined;
  if (!answer) throw new Error('no answer');
  if (status === 'generating') chat.store.messages.startAttempt(answer.id, 'generating', chat.world.now);
  else if (status !== 'pending') {
    chat.store.messages.setEnded(answer.id, status, 'internal', 'Before.', chat.world.now);
  }
  chat.world.provider = 'painter';
  return read(answer.id);
}

function read(id: string): Message {
  const message = chat.store.messages.find(id);
  if (!message) throw new Error('no message');
  return message;
}

test.each(providerIds)('queues a pending picture of %s again', (provider) => {
  const message = unfinished('draw a fox', 'pending', provider);
  chat.world.now += 60_000;
  recover(chat.context);
  if (message.kind !== 'image') throw new Error('no picture');
  const { prompt, params, model } = message;
  expect(chat.enqueued).toEqual([
    { kind: 'picture', jobId: message.id, requestId: expect.any(String), provider, model, prompt, params },
  ]);
  expect(read(message.id)).toEqual({ ...message, updatedAt: chat.world.now });
  expect(chat.store.outbox.count()).toBe(0);
});

test.each(providerIds)(
  'recovers a generating picture of %s from disk without changing its row',
  (provider) => {
    const message = unfinished('draw a fox', 'generating', provider);
    chat.world.now += 60_000;
    recover(chat.context);
    expect(chat.enqueued).toMatchObject([{ kind: 'recover', jobId: message.id, provider }]);
    expect(read(message.id)).toEqual(message);
    expect(chat.store.outbox.count()).toBe(0);
  },
);

test('logs a billed picture that is not found with the time of its request', () => {
  const message = unfinished('draw a fox', 'generating', 'google');
  const requestedAt = message.updatedAt;
  chat.world.now += 60_000;
  recover(chat.context);
  const [job] = chat.enqueued;
  if (!job) throw new Error('no job');
  const price = priceOf('gemini-nano-banana-2.1');
  const outcome = failedJob(message.id, 'interrupted', 0, price);
  expect(settle(chat.context, { job, outcome, requestedAt: chat.world.now })).toBe(true);
  expect(read(message.id)).toMatchObject({ status: 'interrupted', error: { code: 'interrupted' } });
  const entries = chat.store.outbox.oldest(10).map(({ payload }) => JSON.parse(payload));
  expect(entries).toEqual([
    expect.objectContaining({
      messageId: message.id,
      outcome: 'interrupted',
      errorCode: 'interrupted',
      requestedAt,
      costMicroUsd: price,
    }),
  ]);
  drainBatch(chat.context);
  expect(chat.store.generationLog.count()).toBe(1);
});

test('queues a pending text reply again with its question and model', () => {
  unfinished('what is the meaning of this?', 'ready');
  const message = unfinished('what can you do?', 'pending', 'google');
  recover(chat.context);
  expect(chat.enqueued).toEqual([
    {
      kind: 'text',
      requestId: expect.any(String),
      jobId: message.id,
      provider: 'google',
      model: providers.google.defaultTextModel,
      text: 'what can you do?',
      history: [],
    },
  ]);
  expect(read(message.id).status).toBe('pending');
});

test.each<MessageStatus>(['generating', 'streaming'])(
  'interrupts a billed text reply that was %s and keeps its text',
  (status) => {
    const message = unfinished('what can you do?', 'generating', 'google');
    if (status === 'streaming') chat.store.messages.setStreaming(message.id, 'I can', chat.world.now);
    recover(chat.context);
    expect(chat.enqueued).toEqual([]);
    expect(read(message.id)).toMatchObject({
      status: 'interrupted',
      text: status === 'streaming' ? 'I can' : '',
      error: { code: 'interrupted', message: expect.stringContaining('This answer was interrupted.') },
    });
  },
);

test('queues a free text reply again from the start', () => {
  const message = unfinished('what can you do?', 'generating');
  chat.store.messages.setStreaming(message.id, 'I can', chat.world.now);
  recover(chat.context);
  expect(chat.enqueued).toMatchObject([
    { kind: 'text', jobId: message.id, provider: 'painter', model: null },
  ]);
  expect(read(message.id)).toMatchObject({ status: 'pending', text: '' });
});

test('keeps a picture postponed, but no longer than the maximum', () => {
  const [first, second] = [
    unfinished('draw a fox', 'generating', 'google'),
    unfinished('draw a cat', 'generating', 'google'),
  ];
  const { now } = chat.world;
  const error = { code: 'rate_limited', message: 'Wait.' } as const;
  chat.store.messages.postpone(first.id, error, now + 20_000, 5, now);
  chat.store.messages.postpone(second.id, error, now + 3_600_000, 5, now);
  const before = [read(first.id), read(second.id)];
  recover(chat.context);
  expect(chat.enqueued.map(({ jobId }) => jobId)).toEqual([first.id, second.id]);
  expect(chat.paused).toEqual([
    ['google', now + 20_000],
    ['google', now + 180_000],
  ]);
  expect([read(first.id), read(second.id)]).toEqual(before);
});

test('leaves messages that have ended as they are', () => {
  const statuses: MessageStatus[] = ['ready', 'failed', 'cancelled', 'limited', 'interrupted'];
  const messages = statuses.flatMap((status) => [
    unfinished('draw a fox', status, 'google'),
    unfinished('what can you do?', status),
  ]);
  chat.world.now += 60_000;
  recover(chat.context);
  expect(chat.enqueued).toEqual([]);
  expect(messages.map(({ id }) => read(id))).toEqual(messages);
  expect(chat.store.outbox.count()).toBe(0);
  expect(chat.broadcasts['message:updated']).toEqual([]);
});

test('queues messages in the order of their requests', () => {
  const first = unfinished('draw a fox', 'generating');
  const second = unfinished('draw a cat', 'pending', 'google');
  const third = unfinished('draw a dog', 'generating', 'google');
  const fourth = unfinished('what can you do?', 'pending');
  recover(chat.context);
  expect(chat.enqueued.map(({ jobId }) => jobId)).toEqual([first.id, second.id, third.id, fourth.id]);
});

test('has the same result when it runs twice, as after a crash during recovery', () => {
  unfinished('draw a fox', 'generating');
  const google = unfinished('draw a cat', 'generating', 'google');
  recover(chat.context);
  const once = chat.store.messages.page(google.conversationId, null, 10);
  const jobs = chat.enqueued.splice(0);
  recover(chat.context);
  // A recovery makes no request, so the id of its request does not matter.
  expect(chat.enqueued).toEqual(jobs.map((job) => ({ ...job, requestId: expect.any(String) })));
  expect(chat.store.messages.page(google.conversationId, null, 10)).toEqual(once);
  expect(chat.store.outbox.count()).toBe(0);
});

test('gives a text reply its own question in a longer conversation', () => {
  const other = unfinished('what came before?', 'ready');
  const { conversationId } = other;
  const reply = sendMessage(chat.context, {
    conversationId,
    text: 'and now?',
    mode: 'auto',
    aspectRatio: '1:1',
    count: 1,
  });
  sendMessage(chat.context, {
    conversationId,
    text: 'draw a fox',
    mode: 'auto',
    aspectRatio: '1:1',
    count: 1,
  });
  recover(chat.context);
  const textJob = chat.enqueued.find(({ kind }) => kind === 'text');
  expect(textJob).toMatchObject({ jobId: reply.ok && reply.value.messages[1]?.id, text: 'and now?' });
});
