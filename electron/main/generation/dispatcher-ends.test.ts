import { beforeEach, describe, expect, test } from 'vitest';
import { serviceKinds } from '../../../shared/domain/service-kinds';
import { failedJob } from '../../../shared/generator/messages';
import { cancel, retry } from '../chat/retry-and-cancel';
import { createDispatcher } from './dispatcher';
import {
  dispatcherOptions,
  end,
  fireTimers,
  fixture,
  insert,
  startDispatcher,
  statusOf,
  turn,
  useDispatcher,
} from './test-dispatcher';

useDispatcher();

describe('a stop', () => {
  test('ends a waiting picture without running it', async () => {
    const ids = Array.from({ length: 3 }, () => insert());
    await turn();
    cancel({ ...fixture.chat.context, wakeDispatcher: fixture.dispatcher.wake }, ids[2] ?? '');
    await turn();
    expect(statusOf(ids[2] ?? '')).toBe('cancelled');
    expect(fixture.started).toHaveLength(2);
  });

  test('asks a running job to stop, which ends as it does', async () => {
    const id = insert();
    await turn();
    cancel({ ...fixture.chat.context, wakeDispatcher: fixture.dispatcher.wake }, id);
    await turn();
    expect(fixture.stopped).toEqual([id]);
    expect(statusOf(id)).toBe('generating');
    await end(id, failedJob(id, 'cancelled', 1));
    expect(statusOf(id)).toBe('cancelled');
  });

  test('ends an admission: a retry of a picture that waited is admitted anew, at the service chosen since', async () => {
    const ids = Array.from({ length: 3 }, () => insert());
    await turn();
    const last = ids[2] ?? '';
    const context = { ...fixture.chat.context, wakeDispatcher: fixture.dispatcher.wake };
    cancel(context, last);
    await turn();
    expect(fixture.dispatcher.waitingPictures()).toEqual([]);
    fixture.chat.world.provider = 'google';
    fixture.refusal = (id) => failedJob(id, 'limit_minute', 0);
    expect(retry(context, last)).toMatchObject({ ok: true });
    await turn();
    expect(statusOf(last)).toBe('limited');
    fixture.refusal = null;
    retry(context, last);
    await turn();
    expect(fixture.running.get(last)?.job).toMatchObject({
      provider: 'google',
      model: serviceKinds.google.defaultModel,
    });
  });

  test('that was requested before the app was killed keeps a waiting picture from being made', async () => {
    const id = insert();
    cancel(fixture.chat.context, id);
    fixture.dispatcher = startDispatcher();
    await turn();
    expect(statusOf(id)).toBe('cancelled');
    expect(fixture.started).toEqual([]);
  });
});

describe('a write that fails', () => {
  beforeEach(() => {
    console.error = () => {};
  });

  test('at the start is tried again, and the request has not left before', async () => {
    fixture.failing = 'all';
    const id = insert();
    await turn();
    expect(fixture.started).toEqual([]);
    expect(fixture.writeErrors).toBeGreaterThan(0);
    fixture.failing = null;
    await fireTimers();
    expect(fixture.started).toEqual([id]);
  });

  test('at the end is tried again with the same outcome, and does not block its lane', async () => {
    const ids = Array.from({ length: 3 }, () => insert());
    await turn();
    fixture.failing = 'all';
    await end(ids[0] ?? '');
    expect(statusOf(ids[0] ?? '')).toBe('generating');
    expect(fixture.unsavedWork.isAllSaved()).toBe(false);
    fixture.failing = null;
    await fireTimers();
    expect(statusOf(ids[0] ?? '')).toBe('failed');
    expect(fixture.unsavedWork.isAllSaved()).toBe(true);
    expect(fixture.started).toEqual(ids);
  });

  test('of several messages is tried again by one timer', async () => {
    fixture.failing = 'all';
    for (let count = 0; count < 10; count += 1) insert({ provider: count % 2 ? 'painter' : 'google' });
    await turn();
    expect(fixture.timers).toHaveLength(1);
    await fireTimers();
    expect(fixture.timers).toHaveLength(1);
  });

  test('of one message does not keep the others from beginning', async () => {
    fixture.failing = insert();
    const whole = insert();
    await turn();
    expect(fixture.started).toEqual([whole]);
  });
});

describe('a pause', () => {
  test('delays the pictures of its provider and nothing else until it ends', async () => {
    fixture.dispatcher.pause('google', fixture.chat.world.now + 500);
    const delayed = insert({ provider: 'google' });
    const reply = insert({ kind: 'text', provider: 'google' });
    const other = insert();
    await turn();
    expect(fixture.started).toEqual([reply, other]);
    expect(fixture.timers.map(({ milliseconds }) => milliseconds)).toEqual([500]);
    await fireTimers();
    expect(fixture.started).toContain(delayed);
  });

  test('keeps the longest of several', async () => {
    fixture.dispatcher.pause('google', fixture.chat.world.now + 500);
    fixture.dispatcher.pause('google', fixture.chat.world.now + 900);
    fixture.dispatcher.pause('google', fixture.chat.world.now + 100);
    expect(fixture.timers.map(({ milliseconds }) => milliseconds)).toEqual([500, 900]);
    fixture.timers[0]?.work();
    expect(fixture.dispatcher.isPaused('google')).toBe(true);
    fixture.timers[1]?.work();
    expect(fixture.dispatcher.isPaused('google')).toBe(false);
  });

  test('follows from a row that waits for its provider, once, whatever the clock says afterwards', async () => {
    const id = insert({ provider: 'google' });
    const until = fixture.chat.world.now + 60_000;
    const limited = failedJob(id, 'rate_limited', 1);
    fixture.chat.store.transaction(() => fixture.chat.store.messages.postpone(id, limited, until, 5, 1));
    await turn();
    expect(fixture.timers.map(({ milliseconds }) => milliseconds)).toEqual([60_000]);
    fixture.chat.world.now -= 7_200_000;
    await fireTimers();
    expect(fixture.started).toEqual([id]);
  });

  test('is never longer than the maximum', async () => {
    const id = insert({ provider: 'google' });
    const limited = failedJob(id, 'rate_limited', 1);
    fixture.chat.store.transaction(() =>
      fixture.chat.store.messages.postpone(id, limited, fixture.chat.world.now + 1e10, 5, 1),
    );
    await turn();
    expect(fixture.timers.map(({ milliseconds }) => milliseconds)).toEqual([180_000]);
  });
});

test('ends a job whose run breaks its promise never to reject', async () => {
  console.error = () => {};
  const broken = createDispatcher({ ...dispatcherOptions(), run: () => Promise.reject(new Error('bug')) });
  const id = insert();
  fixture.later.length = 0;
  broken.open();
  await turn();
  expect(statusOf(id)).toBe('failed');
});
