import { beforeEach, describe, expect, test, vi } from 'vitest';
import { serviceKinds } from '../../../shared/domain/service-kinds';
import { failedJob } from '../../../shared/generator/messages';
import { cancel } from '../chat/retry-and-cancel';
import { newId } from '../db/new-id';
import { createDispatcher } from './dispatcher';
import {
  type DispatcherOptions,
  dispatcherOptions,
  end,
  fixture,
  insert,
  statusOf,
  turn,
  useDispatcher,
} from './test-dispatcher';

useDispatcher();

describe('begins', () => {
  test('nothing before the replies to the current requests have left', async () => {
    const id = insert();
    expect(statusOf(id)).toBe('pending');
    await turn();
    expect(statusOf(id)).toBe('generating');
    expect(fixture.started).toEqual([id]);
  });

  test('nothing before it is opened', async () => {
    const id = insert();
    const closed = createDispatcher({ ...dispatcherOptions(), run: () => Promise.reject(new Error('ran')) });
    closed.wake();
    expect(statusOf(id)).toBe('pending');
  });

  test('as many pictures as the lane of their provider has room for, in the order of their requests', async () => {
    const ids = Array.from({ length: 5 }, () => insert());
    await turn();
    const { concurrency } = serviceKinds.painter;
    expect(fixture.started).toEqual(ids.slice(0, concurrency));
    await end(ids[0] ?? '');
    expect(fixture.started).toEqual(ids.slice(0, concurrency + 1));
  });

  test('pictures of a free lane while another lane is full', async () => {
    for (let count = 0; count < 3; count += 1) insert();
    const other = insert({ provider: 'google' });
    await turn();
    expect(fixture.started).toContain(other);
  });

  test('replies and pictures of the same provider independently', async () => {
    for (let count = 0; count < 6; count += 1) insert({ provider: 'google' });
    const reply = insert({ kind: 'text', provider: 'google' });
    await turn();
    expect(fixture.started).toContain(reply);
  });

  test('each message once, however often it looks', async () => {
    const id = insert();
    await turn();
    fixture.dispatcher.wake();
    await turn();
    expect(fixture.started).toEqual([id]);
  });

  test('no billed work before the keys are loaded', async () => {
    fixture.isReady = false;
    const id = insert({ provider: 'google' });
    await turn();
    expect(fixture.started).toEqual([]);
    fixture.isReady = true;
    fixture.dispatcher.wake();
    await turn();
    expect(fixture.started).toEqual([id]);
  });

  test('nothing in a conversation that was deleted, and all of it after Undo', async () => {
    const ids = Array.from({ length: 4 }, () => insert());
    await turn();
    fixture.chat.store.transaction(() => fixture.chat.store.conversations.delete(fixture.conversationId, 2));
    const [first = '', second = ''] = fixture.started;
    await end(first);
    await end(second);
    expect(fixture.started).toHaveLength(2);
    expect(fixture.dispatcher.isIdle()).toBe(true);
    fixture.chat.store.transaction(() => fixture.chat.store.conversations.restore(fixture.conversationId));
    fixture.dispatcher.wake();
    await turn();
    expect(fixture.started).toEqual(ids);
  });

  test('nothing after close, and lets what runs end', async () => {
    const ids = Array.from({ length: 3 }, () => insert());
    await turn();
    fixture.dispatcher.close();
    await end(ids[0] ?? '');
    expect(fixture.started).toHaveLength(2);
    expect(statusOf(ids[0] ?? '')).toBe('failed');
    expect(statusOf(ids[2] ?? '')).toBe('pending');
  });
});

describe('the gallery', () => {
  let asked: string[][];
  let answered: Set<string>;

  beforeEach(() => {
    asked = [];
    answered = new Set();
    const inGallery: DispatcherOptions['answerFromGallery'] = (pictures) => {
      asked.push(pictures.map(({ id }) => id));
      return answered;
    };
    fixture.dispatcher = createDispatcher({
      ...dispatcherOptions(),
      admit: () => null,
      answerFromGallery: inGallery,
    });
    fixture.later = [];
  });

  test('is asked once for a picture that waits, however often it looks', async () => {
    fixture.dispatcher.open();
    const ids = Array.from({ length: 4 }, () => insert());
    await turn();
    fixture.dispatcher.wake();
    await turn();
    expect(statusOf(ids[3] ?? '')).toBe('pending');
    expect(asked.flat().toSorted()).toEqual(ids.toSorted());
  });

  test('is asked again before a request leaves if its answer could not be written', async () => {
    vi.spyOn(console, 'error').mockReturnValueOnce();
    let isFull = true;
    const ran: string[] = [];
    fixture.dispatcher = createDispatcher({
      ...dispatcherOptions(),
      answerFromGallery(pictures) {
        asked.push(pictures.map(({ id }) => id));
        if (isFull) throw new Error('full');
        return answered;
      },
      run(job) {
        ran.push(job.jobId);
        return new Promise(() => {});
      },
    });
    fixture.dispatcher.open();
    const id = insert();
    await turn();
    expect(asked).toEqual([[id]]);
    expect(ran).toEqual([]);
    isFull = false;
    fixture.dispatcher.wake();
    await turn();
    expect(asked).toEqual([[id], [id]]);
    expect(ran).toEqual([id]);
  });

  test('is asked again for a picture that waits again after its end', async () => {
    fixture.dispatcher.open();
    const ids = Array.from({ length: 3 }, () => insert());
    const last = ids[2] ?? '';
    await turn();
    cancel({ ...fixture.chat.context, wakeDispatcher: fixture.dispatcher.wake }, last);
    await turn();
    expect(statusOf(last)).toBe('cancelled');
    fixture.chat.store.transaction(() => fixture.chat.store.messages.reset(last, 3));
    fixture.dispatcher.wake();
    await turn();
    expect(asked.flat().filter((id) => id === last)).toEqual([last, last]);
  });

  test('is not asked for a picture that takes over a request, must be new, waits for its provider or is to be stopped', async () => {
    insert({ requestId: newId() });
    insert({ isFresh: true });
    const postponed = insert();
    const stopped = insert();
    const { messages } = fixture.chat.store;
    fixture.chat.store.transaction(() => {
      messages.postpone(
        postponed,
        { code: 'rate_limited', message: 'Later.' },
        fixture.chat.world.now + 1,
        3,
        1,
      );
      messages.requestStop(stopped);
    });
    insert({ kind: 'text' });
    fixture.dispatcher.open();
    await turn();
    expect(asked.flat()).toEqual([]);
  });
});

describe('a refusal', () => {
  test('ends the message without running it', async () => {
    fixture.refusal = (id) => failedJob(id, 'limit_minute', 0);
    const id = insert();
    await turn();
    expect(statusOf(id)).toBe('limited');
    expect(fixture.started).toEqual([]);
  });

  test('does not concern what was admitted before', async () => {
    const ids = Array.from({ length: 3 }, () => insert());
    await turn();
    expect(fixture.dispatcher.waitingPictures().map(({ id }) => id)).toEqual([ids[2]]);
    fixture.refusal = (id) => failedJob(id, 'limit_minute', 0);
    await end(ids[0] ?? '');
    expect(fixture.started).toEqual(ids);
  });
});
