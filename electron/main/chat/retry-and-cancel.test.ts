import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Message, type MessageStatus, messageStatuses } from '../../../shared/domain/conversations';
import { newId } from '../db/new-id';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { cancel, retry } from './retry-and-cancel';
import { sendMessage } from './send-message';

let chat: TestContext;

beforeEach(() => {
  chat = createTestContext();
  onTestFinished(() => chat.store.close());
});

function answerWith(status: MessageStatus, text = 'draw a fox'): Message {
  const reply = sendMessage(chat.context, {
    conversationId: null,
    text,
    mode: 'auto',
    aspectRatio: '4:3',
    count: 1,
  });
  chat.runAfterReply();
  chat.enqueued.length = 0;
  const id = reply.ok ? (reply.value.messages[1]?.id ?? '') : '';
  if (status === 'generating') chat.store.messages.startAttempt(id, 'generating', chat.world.now);
  else if (status === 'ready') chat.store.messages.setReplied(id, '', chat.world.now);
  else if (status !== 'pending') {
    chat.store.messages.setEnded(id, status, 'refused', 'Before.', chat.world.now);
  }
  const message = chat.store.messages.find(id);
  if (message?.status !== status) throw new Error(`not ${status}`);
  return message;
}

const retryable: MessageStatus[] = ['failed', 'cancelled', 'limited', 'interrupted'];

describe('retry', () => {
  test.each(retryable)('queues a picture that is %s again in the same row, after the reply', (status) => {
    const before = answerWith(status);
    chat.world.now += 100;
    const reply = retry(chat.context, before.id);
    const after = { ...before, status: 'pending', error: null, updatedAt: chat.world.now };
    expect(reply).toEqual({ ok: true, value: after });
    expect(chat.store.messages.find(before.id)).toEqual(after);
    expect(chat.enqueued).toEqual([]);
    chat.runAfterReply();
    expect(chat.enqueued).toEqual([
      expect.objectContaining({
        kind: 'picture',
        requestId: expect.any(String),
        jobId: before.id,
        prompt: 'a fox',
        params: { aspectRatio: '4:3', seed: 2 ** 30 },
      }),
    ]);
  });

  test.each(messageStatuses.filter((status) => !retryable.includes(status)))(
    'refuses a picture that is %s',
    (status) => {
      const before = answerWith(status);
      expect(retry(chat.context, before.id)).toMatchObject({ ok: false, code: 'not_retryable' });
      chat.runAfterReply();
      expect(chat.store.messages.find(before.id)).toEqual(before);
      expect(chat.enqueued).toEqual([]);
    },
  );

  test('uses the active provider', () => {
    const { id } = answerWith('failed');
    chat.world.provider = 'google';
    const now = { provider: 'google', model: 'gemini-nano-banana-2.1' };
    expect(retry(chat.context, id)).toMatchObject({ ok: true, value: now });
    expect(chat.store.messages.find(id)).toMatchObject(now);
    chat.runAfterReply();
    expect(chat.enqueued).toMatchObject([{ jobId: id, ...now }]);
  });

  test('of a text reply asks the same question', () => {
    const { id } = answerWith('failed', 'what can you do?');
    chat.world.provider = 'google';
    expect(retry(chat.context, id).ok).toBe(true);
    chat.runAfterReply();
    expect(chat.enqueued).toEqual([
      {
        kind: 'text',
        requestId: expect.any(String),
        jobId: id,
        provider: 'google',
        model: 'gemini-3.8-flash',
        text: 'what can you do?',
        history: [],
      },
    ]);
  });

  test('is refused the second time', () => {
    const { id } = answerWith('failed');
    retry(chat.context, id);
    expect(retry(chat.context, id)).toMatchObject({ ok: false, code: 'not_retryable' });
    chat.runAfterReply();
    expect(chat.enqueued).toHaveLength(1);
  });

  test('of an unknown message or a question is refused', () => {
    expect(retry(chat.context, newId())).toMatchObject({ ok: false, code: 'not_found' });
    const { conversationId } = answerWith('failed');
    const [question] = chat.store.messages.page(conversationId, null, 10).messages;
    expect(retry(chat.context, question?.id ?? '')).toMatchObject({ ok: false, code: 'not_retryable' });
    chat.runAfterReply();
    expect(chat.enqueued).toEqual([]);
  });
});

describe('cancel', () => {
  test.each<MessageStatus>(['pending', 'generating'])(
    'cancels a picture that is %s after the reply',
    (status) => {
      const message = answerWith(status);
      expect(cancel(chat.context, message.id)).toEqual({ ok: true, value: message });
      expect(chat.cancelled).toEqual([]);
      chat.runAfterReply();
      expect(chat.cancelled).toEqual([message.id]);
      expect(chat.store.messages.find(message.id)).toEqual(message);
    },
  );

  test('of an unknown message is refused', () => {
    expect(cancel(chat.context, newId())).toMatchObject({ ok: false, code: 'not_found' });
    chat.runAfterReply();
    expect(chat.cancelled).toEqual([]);
  });
});
