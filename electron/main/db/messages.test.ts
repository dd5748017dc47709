import { v7 as newId } from 'uuid';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import {
  type MessageStatus,
  messageStatuses,
  type NewMessage,
  type PictureMessage,
  type TextMessage,
} from '../../../shared/domain/conversations';
import { newPictureMessage, newTextMessage } from '../../../shared/domain/test-message';

import { createTestContext } from '../test-support/test-context';
import type { Store } from './open';

let store: Store;
const conversationId = newId();

beforeEach(() => {
  store = createTestContext().store;
  onTestFinished(() => store.close());
  store.conversations.insert({ id: conversationId, title: 'Test', createdAt: 1 });
});

function textMessage(changes: Partial<NewMessage<TextMessage>> = {}): NewMessage<TextMessage> {
  return newTextMessage({ id: newId(), conversationId, createdAt: 7, updatedAt: 7, ...changes });
}

function pictureMessage(changes: Partial<NewMessage<PictureMessage>> = {}): NewMessage<PictureMessage> {
  return newPictureMessage({
    ...{ id: newId(), conversationId, groupId: newId(), createdAt: 7, updatedAt: 7 },
    ...changes,
  });
}

const facts = {
  file: 'images/ab/x.png',
  width: 30,
  height: 20,
  bytes: 1234,
  thumbhash: Uint8Array.of(0, 1, 254, 255),
  provider: 'painter',
  model: 'painter-1',
};

/** Returns a new message as it is stored first. */
function stored<Kind extends object>(message: Kind, seq = 1) {
  return { ...message, seq, revision: 1 };
}

function attemptFor(
  message: NewMessage<PictureMessage>,
  changes: { outcome?: string; durationMs?: number } = {},
) {
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
  expect(store.messages.find(message.id)).toEqual(stored(message));
});

test('returns a picture as it was inserted', () => {
  const message = pictureMessage({ prompt: `100% "sun" 🌅`, provider: 'google', model: 'some-model' });
  store.messages.insert(message);
  expect(store.messages.find(message.id)).toEqual(stored(message));
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
    expect(page.total).toBe(5);
  });

  test.each([1, 2, 3, 5, 6])('of %i reaches every message once, in order', (limit) => {
    const ids = fill(6);
    const read: string[] = [];
    let before: number | null = null;
    while (before !== 1) {
      const { messages, total } = store.messages.page(conversationId, before, limit);
      expect(messages.length).toBeGreaterThan(0);
      expect(total).toBe(6);
      read.unshift(...messages.map(({ id }) => id));
      before = messages[0]?.seq ?? 1;
    }
    expect(read).toEqual(ids);
  });

  test.each([1, 2, 3, 6])('of %i, read forward, reaches every message once, in order', (limit) => {
    const ids = fill(6);
    const read: string[] = [];
    let after = 0;
    while (after < 6) {
      const { messages, total } = store.messages.pageAfter(conversationId, after, limit);
      expect(messages.length).toBeGreaterThan(0);
      expect(total).toBe(6);
      read.push(...messages.map(({ id }) => id));
      after = messages.at(-1)?.seq ?? 6;
    }
    expect(read).toEqual(ids);
  });

  test('says where each message is, so that any part of a conversation can be read at once', () => {
    const ids = fill(100);
    const page = store.messages.pageAfter(conversationId, 60, 3);
    expect(page.messages.map(({ id, seq }) => [id, seq])).toEqual(
      [60, 61, 62].map((index) => [ids[index], index + 1]),
    );
  });

  test('is empty beyond the last message, and in an unknown conversation', () => {
    fill(3);
    expect(store.messages.pageAfter(conversationId, 3, 3)).toEqual({ messages: [], total: 3 });
    expect(store.messages.page(conversationId, 1, 3)).toEqual({ messages: [], total: 3 });
    expect(store.messages.page(newId(), null, 3)).toEqual({ messages: [], total: 0 });
    expect(store.messages.pageAfter(newId(), 0, 3)).toEqual({ messages: [], total: 0 });
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

describe('the order', () => {
  /** Inserts a message at a time of the clock. Returns its id. */
  function insertAt(createdAt: number, changes: Partial<NewMessage<TextMessage>> = {}): string {
    const message = textMessage({ createdAt, updatedAt: createdAt, ...changes });
    store.messages.insert(message);
    return message.id;
  }

  test('is counted by conversation, however their messages alternate', () => {
    const other = newId();
    store.conversations.insert({ id: other, title: 'Other', createdAt: 1 });
    for (const id of [conversationId, other, other, conversationId, conversationId, other]) {
      insertAt(5, { conversationId: id });
    }
    const seqs = (id: string) => store.messages.page(id, null, 9).messages.map(({ seq }) => seq);
    expect(seqs(conversationId)).toEqual([1, 2, 3]);
    expect(seqs(other)).toEqual([1, 2, 3]);
  });

  test('is that of the inserts, although the clock jumps and ids are in no order', () => {
    const ids = [9, 5, 1, 3].map((last) => `0190a000-0000-7000-8000-00000000000${last}`);
    for (const [index, at] of [1_000, 9_000_000, 5, 700].entries()) insertAt(at, { id: ids[index] ?? '' });
    expect(store.messages.page(conversationId, null, 9).messages.map(({ id }) => id)).toEqual(ids);
    expect(store.messages.page(conversationId, 4, 2).messages.map(({ id }) => id)).toEqual(ids.slice(1, 3));
    expect(store.messages.pageAfter(conversationId, 0, 9).messages.map(({ id }) => id)).toEqual(ids);
  });

  test('finds the last picture before a position, although the clock jumps', () => {
    const pictures = [1_000, 9_000_000, 5].map((createdAt) => {
      const picture = pictureMessage({ createdAt });
      store.messages.insert(picture);
      store.messages.setReady(picture.id, facts, createdAt);
      return picture.id;
    });
    const lastBefore = (seq: number, among = 9) => store.messages.lastPicture({ conversationId, seq }, among);
    expect([4, 3, 2, 1].map((seq) => lastBefore(seq))).toEqual([...pictures.toReversed(), undefined]);
    for (let count = 0; count < 3; count += 1) insertAt(1);
    expect([lastBefore(7, 3), lastBefore(7, 4)]).toEqual([undefined, pictures[2]]);
  });
});

describe('the revision', () => {
  const revisionOf = (id: string) => store.messages.find(id)?.revision;

  test('grows by one with each change, and not by the insert', () => {
    const { id } = pictureMessage();
    store.messages.insert(pictureMessage({ id }));
    expect(revisionOf(id)).toBe(1);
    const changes = [
      () => store.messages.begin(id, newId(), 8),
      () => store.messages.postpone(id, { code: 'rate_limited', message: 'Wait.' }, 99, 5, 8),
      () => store.messages.requestStop(id),
      () => store.messages.setEnded(id, 'failed', { code: 'refused', message: 'No.' }, 8),
      () => store.messages.reset(id, 8),
      () => store.messages.setProvider(id, 'google', 'some-model'),
      () => store.messages.setParams(id, { aspectRatio: '1:1', seed: 2 }),
      () => store.messages.setReady(id, facts, 8),
      () => store.messages.replaceFile(id, 'images/ab/x.webp', 9),
    ];
    for (const [index, change] of changes.entries()) {
      change();
      expect(revisionOf(id)).toBe(index + 2);
    }
  });

  test('grows with each part of a reply', () => {
    const reply = textMessage({ role: 'assistant', status: 'pending', text: '' });
    store.messages.insert(reply);
    for (const text of ['I', 'I can', 'I can draw']) store.messages.setStreaming(reply.id, text, 7);
    store.messages.setReplied(reply.id, 'I can draw.', 7);
    expect(revisionOf(reply.id)).toBe(5);
  });

  test('stays if nothing was changed, and in every other message', () => {
    const [first, second] = [pictureMessage(), pictureMessage()];
    store.messages.insert(first);
    store.messages.insert(second);
    store.messages.setEnded(first.id, 'failed', { code: 'refused', message: 'No.' }, 8);
    store.messages.setEnded(first.id, 'cancelled', { code: 'cancelled', message: 'Stopped.' }, 9);
    store.messages.requestStop(first.id);
    store.messages.setParams(first.id, first.params);
    expect(revisionOf(first.id)).toBe(2);
    expect(revisionOf(second.id)).toBe(1);
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
      ...stored(message),
      revision: 2,
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
      ...stored(message),
      revision: 2,
      status: 'ready',
      text: 'Here I am',
      updatedAt: 99,
    });
  });

  test.each(unfinished)('ends with a failure while %s', (status) => {
    const message = pictureMessage({ status });
    store.messages.insert(message);
    expect(store.messages.setEnded(message.id, 'failed', { code: 'refused', message: 'Because.' }, 99)).toBe(
      true,
    );
    expect(store.messages.find(message.id)).toEqual({
      ...stored(message),
      revision: 2,
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
    expect(store.messages.setEnded(picture.id, 'failed', { code: 'refused', message: 'Because.' }, 99)).toBe(
      false,
    );
    expect(store.messages.setReplied(text.id, 'Too late', 99)).toBe(false);
    expect(store.messages.begin(picture.id, newId(), 99)).toBe(false);
    expect(store.messages.requestStop(picture.id)).toBe(false);
    expect(store.messages.find(picture.id)).toEqual(stored(picture));
    expect(store.messages.find(text.id)).toEqual(stored(text, 2));
    expect(store.messages.imageFile(picture.id)).toBeUndefined();
  });

  test('cannot end without a row', () => {
    expect(store.messages.setReady(newId(), facts, 99)).toBe(false);
    expect(store.messages.setReplied(newId(), 'Nobody', 99)).toBe(false);
    expect(store.messages.setEnded(newId(), 'failed', { code: 'refused', message: 'Because.' }, 99)).toBe(
      false,
    );
  });
});

test('clears the error when a message is put back into the queue, and when its request begins', () => {
  const message = pictureMessage();
  store.messages.insert(message);
  store.messages.setEnded(message.id, 'failed', { code: 'timed_out', message: 'Too slow.' }, 8);
  store.messages.reset(message.id, 9);
  expect(store.messages.find(message.id)).toEqual({ ...stored(message), revision: 3, updatedAt: 9 });
  store.messages.postpone(message.id, { code: 'rate_limited', message: 'Wait.' }, 99, 5, 10);
  expect(store.messages.begin(message.id, newId(), 11)).toBe(true);
  expect(store.messages.find(message.id)).toMatchObject({ status: 'generating', error: null, retryAt: null });
});

describe('unfinished messages', () => {
  test('are listed in the order of their inserts, although ids and the clock are in another', () => {
    const messages = messageStatuses.map((status) => pictureMessage({ status, createdAt: 5 }));
    const inserted = messages.toReversed();
    for (const message of inserted) store.messages.insert(message);
    expect(store.messages.unfinished().map(({ status }) => status)).toEqual(unfinished.toReversed());
  });

  test('say what decides whether their work may begin', () => {
    const [fresh, takenOver, stopped, waiting] = Array.from({ length: 4 }, () => pictureMessage());
    if (!fresh || !takenOver || !stopped || !waiting) throw new Error('no messages');
    const requestId = newId();
    store.messages.insert(fresh, { isFresh: true });
    store.messages.insert(takenOver, { requestId });
    store.messages.insert(stopped);
    store.messages.requestStop(stopped.id);
    store.messages.insert(waiting);
    store.messages.postpone(waiting.id, { code: 'rate_limited', message: 'Wait.' }, 99, 5, 8);
    const plain = {
      ...{ kind: 'image', status: 'pending', provider: 'painter', requestId: null, retryAt: null },
      ...{ isFresh: false, isStopRequested: false, isInTrash: false, waitsForLimit: false },
    };
    expect(store.messages.unfinished()).toEqual([
      { ...plain, id: fresh.id, isFresh: true },
      { ...plain, id: takenOver.id, requestId },
      { ...plain, id: stopped.id, isStopRequested: true },
      { ...plain, id: waiting.id, retryAt: 99 },
    ]);
    store.conversations.delete(conversationId, 9);
    expect(store.messages.unfinished().every(({ isInTrash }) => isInTrash)).toBe(true);
  });

  test('remember their request until they wait again', () => {
    const { id } = pictureMessage();
    store.messages.insert(pictureMessage({ id }));
    const requestId = newId();
    store.messages.begin(id, requestId, 8);
    expect(store.messages.requestId(id)).toBe(requestId);
    store.messages.postpone(id, { code: 'rate_limited', message: 'Wait.' }, 99, 5, 8);
    expect(store.messages.requestId(id)).toBeNull();
  });

  test('do not begin and are not postponed once a stop was requested', () => {
    const { id } = pictureMessage();
    store.messages.insert(pictureMessage({ id }));
    expect(store.messages.requestStop(id)).toBe(true);
    expect(store.messages.begin(id, newId(), 8)).toBe(false);
    expect(store.messages.postpone(id, { code: 'rate_limited', message: 'Wait.' }, 99, 5, 8)).toBe(false);
    store.messages.reset(id, 8);
    expect(store.messages.begin(id, newId(), 8)).toBe(true);
  });

  test('of one conversation can all be stopped, except what has begun', () => {
    const other = newId();
    store.conversations.insert({ id: other, title: 'Other', createdAt: 1 });
    const [waiting, begun, elsewhere] = [
      pictureMessage(),
      pictureMessage({ status: 'generating' }),
      pictureMessage({ conversationId: other }),
    ];
    for (const message of [waiting, begun, elsewhere]) store.messages.insert(message);
    store.messages.requestStopOfWaiting(conversationId);
    const isStopped = new Map(store.messages.unfinished().map((row) => [row.id, row.isStopRequested]));
    expect([waiting, begun, elsewhere].map(({ id }) => isStopped.get(id))).toEqual([true, false, false]);
  });
});

describe('time and cost', () => {
  test('of a reply is the cost of all its requests', () => {
    const reply = textMessage({ role: 'assistant', status: 'pending', text: '' });
    store.messages.insert(reply);
    const charge = {
      kind: 'text',
      messageId: reply.id,
      provider: 'google',
      model: 'm',
      requestedAt: 1,
    } as const;
    expect(store.messages.find(reply.id)).toMatchObject({ costMicroUsd: null });
    store.charges.open({ ...charge, id: newId(), amountMicroUsd: null });
    expect(store.messages.find(reply.id)).toMatchObject({ costMicroUsd: null });
    for (const amountMicroUsd of [70, 120]) store.charges.open({ ...charge, id: newId(), amountMicroUsd });
    expect(store.messages.find(reply.id)).toMatchObject({ costMicroUsd: 190 });
  });

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

test('the last page has the unfinished answers before it, of the versions that are shown', () => {
  const earlier = pictureMessage();
  store.messages.insert(textMessage());
  store.messages.insert(earlier);
  store.messages.insert(pictureMessage({ status: 'generating' }), { branch: newId() });
  store.messages.insert(textMessage());
  const last = pictureMessage({ status: 'generating' });
  store.messages.insert(last);
  const idsOf = (page: ReturnType<typeof store.messages.page>) => page.unfinished?.map(({ id }) => id);
  expect(idsOf(store.messages.page(conversationId, null, 2))).toEqual([earlier.id]);
  expect(idsOf(store.messages.page(conversationId, null, 60))).toBeUndefined();
  expect(idsOf(store.messages.page(conversationId, 4, 1))).toBeUndefined();
});
