import { v7 as newId } from 'uuid';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { messagesPerMark } from '../../../shared/contract/chat';
import {
  type MessageStatus,
  messageStatuses,
  type PictureMessage,
  type TextMessage,
} from '../../../shared/domain/conversations';

import { createTestContext } from '../test-support/test-context';
import type { Store } from './open';

let store: Store;
const conversationId = newId();

beforeEach(() => {
  store = createTestContext().store;
  onTestFinished(() => store.close());
  store.conversations.insert({ id: conversationId, title: 'Test', createdAt: 1 });
});

function textMessage(changes: Partial<TextMessage> = {}): TextMessage {
  return {
    id: newId(),
    conversationId,
    role: 'user',
    kind: 'text',
    status: 'ready',
    text: 'Hello',
    provider: null,
    model: null,
    costMicroUsd: null,
    error: null,
    createdAt: 7,
    updatedAt: 7,
    ...changes,
  };
}

function pictureMessage(changes: Partial<PictureMessage> = {}): PictureMessage {
  return {
    id: newId(),
    conversationId,
    groupId: newId(),
    role: 'assistant',
    kind: 'image',
    status: 'pending',
    prompt: 'a sunset',
    params: { aspectRatio: '16:9', seed: 42 },
    provider: 'painter',
    model: 'painter-1',
    parentId: null,
    retryAt: null,
    image: null,
    durationMs: null,
    costMicroUsd: null,
    error: null,
    createdAt: 7,
    updatedAt: 7,
    ...changes,
  };
}

const facts = {
  file: 'images/ab/x.png',
  width: 30,
  height: 20,
  bytes: 1234,
  thumbhash: Uint8Array.of(0, 1, 254, 255),
};

function attemptFor(message: PictureMessage, changes: { outcome?: string; durationMs?: number } = {}) {
  return {
    id: newId(),
    messageId: message.id,
    provider: message.provider,
    model: message.model,
    outcome: 'ready',
    errorCode: null,
    requestedAt: 1,
    durationMs: 100,
    costMicroUsd: 5,
    ...changes,
  };
}

test.each([
  'Hello',
  '',
  `'; DROP TABLE messages; -- "quoted" \\ % _`,
  'line\nline\t👩‍👩‍👧 日本',
  'x'.repeat(32_000),
])('returns a text as it was inserted (%#)', (text) => {
  const message = textMessage({ text });
  store.messages.insert(message);
  expect(store.messages.find(message.id)).toEqual(message);
});

test('returns a picture as it was inserted', () => {
  const message = pictureMessage({ prompt: `100% "sun" 🌅`, provider: 'google', model: 'some-model' });
  store.messages.insert(message);
  expect(store.messages.find(message.id)).toEqual(message);
});

test('finds nothing for an unknown id', () => {
  expect(store.messages.find(newId())).toBeUndefined();
  expect(store.messages.imageFile(newId())).toBeUndefined();
});

describe('a page', () => {
  function fill(count: number): string[] {
    const messages = Array.from({ length: count }, () => textMessage());
    for (const message of messages) store.messages.insert(message);
    return messages.map(({ id }) => id);
  }

  test('has the newest messages, oldest first', () => {
    const ids = fill(5);
    const page = store.messages.page(conversationId, null, 3);
    expect(page.messages.map(({ id }) => id)).toEqual(ids.slice(2));
    expect(page.hasMore).toBe(true);
  });

  test.each([1, 2, 3, 5, 6])('of %i reaches every message once, in order', (limit) => {
    const ids = fill(6);
    const read: string[] = [];
    let before: string | null = null;
    for (let hasMore = true; hasMore; ) {
      const page = store.messages.page(conversationId, before, limit);
      expect(page.messages.length).toBeGreaterThan(0);
      read.unshift(...page.messages.map(({ id }) => id));
      before = page.messages[0]?.id ?? null;
      hasMore = page.hasMore;
    }
    expect(read).toEqual(ids);
  });

  test.each([1, 2, 3, 6])('of %i, read forward, reaches every message once, in order', (limit) => {
    const ids = fill(6);
    const read: string[] = [];
    for (let hasMore = true; hasMore; ) {
      const page = store.messages.pageAfter(conversationId, read.at(-1) ?? '', limit);
      expect(page.messages.length).toBeGreaterThan(0);
      read.push(...page.messages.map(({ id }) => id));
      hasMore = page.hasMore;
    }
    expect(read).toEqual(ids);
  });

  test('is where the map says, whether the map was read at once or in parts', () => {
    const ids = fill(3 * messagesPerMark + 5);
    const other = newId();
    store.conversations.insert({ id: other, title: 'Other', createdAt: 1 });
    store.messages.insert(textMessage({ conversationId: other }));
    const marks = ids.filter((_, index) => index % messagesPerMark === 0);
    const whole = store.messages.map(conversationId, '', 100 * messagesPerMark);
    expect(whole).toEqual({ marks, count: ids.length, last: ids.at(-1), hasMore: false });

    const first = store.messages.map(conversationId, '', 2 * messagesPerMark);
    expect(first).toEqual({
      marks: marks.slice(0, 2),
      count: 2 * messagesPerMark,
      last: ids[2 * messagesPerMark - 1],
      hasMore: true,
    });
    const second = store.messages.map(conversationId, first.last ?? '', 2 * messagesPerMark);
    expect(second).toEqual({
      marks: marks.slice(2),
      count: messagesPerMark + 5,
      last: ids.at(-1),
      hasMore: false,
    });
    expect(store.messages.map(conversationId, ids.at(-1) ?? '', 2 * messagesPerMark)).toEqual({
      marks: [],
      count: 0,
      last: null,
      hasMore: false,
    });
  });

  test('has no more if it contains exactly the last messages', () => {
    fill(3);
    expect(store.messages.page(conversationId, null, 3).hasMore).toBe(false);
    expect(store.messages.page(newId(), null, 3)).toEqual({ messages: [], hasMore: false });
  });

  test('contains nothing of another conversation', () => {
    const other = newId();
    store.conversations.insert({ id: other, title: 'Other', createdAt: 1 });
    fill(2);
    store.messages.insert(textMessage({ conversationId: other }));
    expect(store.messages.page(conversationId, null, 10).messages).toHaveLength(2);
    expect(store.messages.page(other, null, 10).messages).toHaveLength(1);
  });
});

const unfinished: readonly MessageStatus[] = ['pending', 'generating', 'streaming'];
const ended = messageStatuses.filter((status) => !unfinished.includes(status));

describe('unfinished work', () => {
  test.each(unfinished)('ends with a picture while %s', (status) => {
    const message = pictureMessage({ status });
    store.messages.insert(message);
    expect(store.messages.setReady(message.id, facts, 99)).toBe(true);
    expect(store.messages.find(message.id)).toEqual({
      ...message,
      status: 'ready',
      updatedAt: 99,
      image: {
        width: 30,
        height: 20,
        bytes: 1234,
        thumbhash: Buffer.from(facts.thumbhash).toString('base64'),
      },
    });
    expect(store.messages.imageFile(message.id)).toBe('images/ab/x.png');
  });

  test.each(unfinished)('ends with a text while %s', (status) => {
    const message = textMessage({ role: 'assistant', status, text: '' });
    store.messages.insert(message);
    expect(store.messages.setReplied(message.id, 'Here I am', 99)).toBe(true);
    expect(store.messages.find(message.id)).toEqual({
      ...message,
      status: 'ready',
      text: 'Here I am',
      updatedAt: 99,
    });
  });

  test.each(unfinished)('ends with a failure while %s', (status) => {
    const message = pictureMessage({ status });
    store.messages.insert(message);
    expect(store.messages.setEnded(message.id, 'failed', 'refused', 'Because.', 99)).toBe(true);
    expect(store.messages.find(message.id)).toEqual({
      ...message,
      status: 'failed',
      error: { code: 'refused', message: 'Because.' },
      updatedAt: 99,
    });
  });

  test.each(ended)('cannot end a second time once %s', (status) => {
    const picture = pictureMessage({ status });
    const text = textMessage({ role: 'assistant', status });
    store.messages.insert(picture);
    store.messages.insert(text);
    expect(store.messages.setReady(picture.id, facts, 99)).toBe(false);
    expect(store.messages.setEnded(picture.id, 'failed', 'refused', 'Because.', 99)).toBe(false);
    expect(store.messages.setReplied(text.id, 'Too late', 99)).toBe(false);
    expect(store.messages.find(picture.id)).toEqual(picture);
    expect(store.messages.find(text.id)).toEqual(text);
    expect(store.messages.imageFile(picture.id)).toBeUndefined();
  });

  test('cannot end without a row', () => {
    expect(store.messages.setReady(newId(), facts, 99)).toBe(false);
    expect(store.messages.setReplied(newId(), 'Nobody', 99)).toBe(false);
    expect(store.messages.setEnded(newId(), 'failed', 'refused', 'Because.', 99)).toBe(false);
  });
});

test('clears the error when a new attempt starts', () => {
  const message = pictureMessage();
  store.messages.insert(message);
  store.messages.setEnded(message.id, 'failed', 'timed_out', 'Too slow.', 8);
  store.messages.startAttempt(message.id, 'pending', 9);
  expect(store.messages.find(message.id)).toEqual({ ...message, updatedAt: 9 });
});

test('lists unfinished messages, oldest first', () => {
  const messages = messageStatuses.map((status) => pictureMessage({ status }));
  for (const message of messages.toReversed()) store.messages.insert(message);
  expect(store.messages.unfinished().map(({ status }) => status)).toEqual(unfinished);
});

describe('time and cost', () => {
  test('come from the newest attempt that produced the picture', () => {
    const message = pictureMessage();
    store.messages.insert(message);
    store.generationLog.insert(attemptFor(message, { outcome: 'failed', durationMs: 1 }));
    store.generationLog.insert(attemptFor(message, { durationMs: 2 }));
    store.generationLog.insert(attemptFor(message, { durationMs: 3 }));
    store.generationLog.insert(attemptFor(message, { outcome: 'failed', durationMs: 4 }));
    expect(store.messages.find(message.id)).toMatchObject({ durationMs: 3, costMicroUsd: 5 });
    expect(store.messages.page(conversationId, null, 10).messages).toHaveLength(1);
  });

  test('are null before a successful attempt', () => {
    const message = pictureMessage();
    store.messages.insert(message);
    store.generationLog.insert(attemptFor(message, { outcome: 'failed' }));
    store.generationLog.insert(attemptFor(pictureMessage()));
    expect(store.messages.find(message.id)).toMatchObject({ durationMs: null, costMicroUsd: null });
  });
});

test('cannot insert an id twice', () => {
  const message = textMessage();
  store.messages.insert(message);
  expect(() => store.messages.insert({ ...message, text: 'Another' })).toThrow('UNIQUE');
  expect(store.messages.count()).toBe(1);
});
