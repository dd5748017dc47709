import { expect, onTestFinished, test } from 'vitest';
import type { Limits } from '../../../shared/domain/limits';
import type { ServiceId } from '../../../shared/domain/services';
import { newPictureMessage } from '../../../shared/domain/test-message';
import type { NewCharge } from '../db/charges';
import { newId } from '../db/new-id';
import type { Store } from '../db/open';
import { createTestContext } from '../test-support/test-context';
import { createAdmission, startOfMonth, type WantedPicture } from './admission';

const now = new Date(2026, 10, 22, 14, 30, 5).getTime();

function picture(provider: ServiceId = 'google', model = 'gemini-nano-banana-2.1'): WantedPicture {
  return { id: newId(), provider, model, params: { aspectRatio: '1:1', seed: 1 } };
}

/** Adds the row of a picture that waits. @returns its id. */
function addWaiting({ messages, transaction }: Store, conversationId: string): string {
  const { id, provider, model, params } = picture();
  transaction(() =>
    messages.insert(
      newPictureMessage({
        ...{ id, conversationId, groupId: id, params, provider, model },
        ...{ createdAt: now, updatedAt: now },
      }),
    ),
  );
  return id;
}

function createWorld(limits: Limits, cap: number | null = null) {
  const { store } = createTestContext();
  onTestFinished(() => store.close());
  const waiting: WantedPicture[] = [];
  const admission = createAdmission({
    store,
    limits: () => limits,
    monthlyCap: () => cap,
    waitingPictures: () => waiting,
    now: () => now,
  });
  /** Admits a picture as the dispatcher does: it waits from then on. */
  const request = (wanted: WantedPicture) => {
    const refused = admission.ofPicture(wanted);
    if (refused === null) waiting.push(wanted);
    return refused;
  };
  /** Adds a request to the ledger that has left, and ends it unless its state is `open`. */
  const requested = (
    changes: Partial<NewCharge> & { state?: 'open' | 'made' | 'failed' | 'refused' } = {},
  ): string => {
    const { state = 'made', ...rest } = changes;
    const charge = { kind: 'picture', messageId: newId(), provider: 'google', model: 'm', ...rest } as const;
    const id = newId();
    const amountMicroUsd = changes.amountMicroUsd === undefined ? 33_600 : changes.amountMicroUsd;
    store.charges.open({ requestedAt: now - 30_000, ...charge, id, amountMicroUsd });
    if (state !== 'open') store.charges.end(id, { state, amountMicroUsd });
    return id;
  };
  return { store, waiting, admission, request, requested };
}

test('admits ten of fifty at once with a limit of ten', () => {
  const { request } = createWorld({ perMinute: 10, perDay: null });
  const refused = Array.from({ length: 50 }, () => request(picture())).flatMap((outcome) => outcome ?? []);
  expect(refused).toHaveLength(40);
});

test('lets as many wait for the limit per minute as fit into the next one, and tells the others when', () => {
  const { store, request } = createWorld({ perMinute: 3, perDay: null });
  const conversationId = newId();
  store.transaction(() => store.conversations.insert({ id: conversationId, title: 'Foxes', createdAt: 1 }));
  const outcomes = Array.from({ length: 8 }, () => {
    const id = addWaiting(store, conversationId);
    const refused = request({ ...picture(), id });
    if (refused?.retryAfterMs !== undefined) {
      store.transaction(() =>
        store.messages.waitForLimit(id, refused, now + (refused.retryAfterMs ?? 0), now),
      );
    }
    return refused;
  });
  const rule = 'Your limit for Google is 3 pictures a minute.';
  const waits = { code: 'limit_minute', costMicroUsd: null, message: rule, retryAfterMs: 60_000 };
  const ends = {
    code: 'limit_minute',
    message: `${rule} Try again at 14:32:05, or raise the limit in Settings.`,
  };
  expect(outcomes.slice(0, 3)).toEqual([null, null, null]);
  for (const outcome of outcomes.slice(3, 6)) expect(outcome).toMatchObject(waits);
  for (const outcome of outcomes.slice(6)) {
    expect(outcome).toMatchObject(ends);
    expect(outcome?.retryAfterMs).toBeUndefined();
  }
});

test('counts pictures that wait for the limit per minute toward the one per day', () => {
  const { store, request, requested } = createWorld({ perMinute: 1, perDay: 2 });
  const conversationId = newId();
  store.transaction(() => store.conversations.insert({ id: conversationId, title: 'Foxes', createdAt: 1 }));
  requested();
  const waiting = addWaiting(store, conversationId);
  const refused = request({ ...picture(), id: waiting });
  expect(refused).toMatchObject({ code: 'limit_minute', retryAfterMs: 30_000 });
  if (refused) store.transaction(() => store.messages.waitForLimit(waiting, refused, now + 30_000, now));
  expect(request(picture())).toMatchObject({ code: 'limit_day' });
  // Its own turn is not taken by itself, nor by what was requested later.
  expect(request({ ...picture(), id: waiting })).toMatchObject({ retryAfterMs: 30_000 });
});

test('counts the ledger and admitted pictures together, each once', () => {
  const { waiting, request, requested } = createWorld({ perMinute: null, perDay: 4 });
  requested();
  requested({ requestedAt: now - 3_600_000, state: 'failed', amountMicroUsd: 0 });
  // A request that has left and has not ended, and one that has not left.
  requested({ requestedAt: now - 1_000, state: 'open' });
  waiting.push(picture());
  expect(request(picture())).toMatchObject({
    code: 'limit_day',
    message: expect.stringContaining('4 pictures a day. Try again at 13:31 tomorrow'),
  });
});

test('does not count another provider, replies, refused requests or requests that never left', () => {
  const { store, waiting, request, requested } = createWorld({ perMinute: 1, perDay: 1 });
  requested({ provider: 'openai' });
  requested({ kind: 'text' });
  requested({ state: 'refused', amountMicroUsd: 0 });
  store.charges.remove(requested({ state: 'open' }));
  waiting.push(picture('openai', 'gpt-image-1'));
  expect(request(picture())).toBeNull();
  expect(request(picture())).toMatchObject({ code: 'limit_day' });
});

test('does not limit text replies', () => {
  const { request, admission } = createWorld({ perMinute: 1, perDay: 1 });
  request(picture());
  const reply = { id: newId(), provider: 'google', model: 'gemini-3.8-flash' } as const;
  expect(admission.ofReply(reply)).toBeNull();
});

test('refuses billed text replies with a known price once the monthly cap is reached', () => {
  const { waiting, admission, requested } = createWorld({ perMinute: null, perDay: null }, 67_200);
  const refusal = (provider: ServiceId, model: string | null) =>
    admission.ofReply({ id: newId(), provider, model });
  requested();
  expect(refusal('google', 'gemini-3.8-flash')).toBeNull();
  waiting.push(picture());
  for (const [provider, model] of [
    ['google', 'gemini-3.8-flash'],
    ['google', 'gemini-3.7-flash'],
    ['openai', 'gpt-5-mini'],
  ] as const) {
    expect(refusal(provider, model)).toMatchObject({ code: 'cap_reached', costMicroUsd: null });
  }
  expect(refusal('openai', 'of-a-local-server')).toBeNull();
  expect(refusal('painter', null)).toBeNull();
});

test('counts a picture with an unknown price as the dearest one of its service', () => {
  const dearest = 240_000;
  const unknown = () => picture('google', 'gemini-of-next-year');
  const { request, requested } = createWorld({ perMinute: null, perDay: null }, 3 * dearest);
  requested({ model: 'gemini-of-next-year', amountMicroUsd: null });
  requested({ model: 'gemini-of-next-year', amountMicroUsd: null, state: 'refused' });
  requested({ model: 'gemini-of-next-year', amountMicroUsd: null, kind: 'text' });
  expect(request(unknown())).toBeNull();
  expect(request(unknown())).toBeNull();
  expect(request(unknown())).toMatchObject({ code: 'cap_reached' });
});

test('does not apply the cap where no price is known, or where there is none', () => {
  const { request } = createWorld({ perMinute: null, perDay: null }, 0);
  expect(request(picture('of-another-version', 'x'))).toBeNull();
  expect(request(picture('automatic1111', 'any'))).toBeNull();
  expect(request(picture())).toMatchObject({ code: 'cap_reached' });
});

test('counts this month, replies, waiting pictures and possibly charged failures toward the cap', () => {
  const { request, requested } = createWorld({ perMinute: null, perDay: null }, 168_000);
  requested({ requestedAt: startOfMonth(now) - 1 });
  requested({ requestedAt: startOfMonth(now) });
  requested({ state: 'failed' });
  requested({ kind: 'text' });
  expect(request(picture())).toBeNull();
  expect(request(picture())).toBeNull();
  expect(request(picture())).toMatchObject({ code: 'cap_reached', message: expect.stringContaining('cap') });
  expect(request(picture('painter', 'painter-1'))).toBeNull();
});

test('does not let a charge of a clock that was years ahead count in every month until then', () => {
  const { request, requested } = createWorld({ perMinute: null, perDay: null }, 67_200);
  requested({ requestedAt: now + 366 * 24 * 3_600_000 });
  requested({ requestedAt: now + 2 * 3_600_000 });
  expect(request(picture())).toBeNull();
  expect(request(picture())).toMatchObject({ code: 'cap_reached' });
});

test('does not let a picture with an unknown price do so either', () => {
  const { request, requested } = createWorld({ perMinute: null, perDay: null }, 240_000);
  const unknown = { model: 'gemini-of-next-year', amountMicroUsd: null };
  requested({ ...unknown, requestedAt: now + 366 * 24 * 3_600_000 });
  expect(request(picture())).toBeNull();
  requested({ ...unknown, requestedAt: now + 2 * 3_600_000 });
  expect(request(picture())).toMatchObject({ code: 'cap_reached' });
});

test('names the day on which the limit ends after the clock was set back', () => {
  const { request, requested } = createWorld({ perMinute: null, perDay: 1 });
  requested({ requestedAt: now + 20 * 3_600_000 });
  // Sunday 14:30:05 plus 44 hours.
  expect(request(picture())?.message).toContain('Try again at 10:31 on Tuesday');
});
