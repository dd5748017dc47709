import { expect, onTestFinished, test } from 'vitest';
import type { Limits } from '../../../shared/domain/limits';
import { newId } from '../db/new-id';
import { createTestContext } from '../test-support/test-context';
import type { WantedPicture } from './admission';
import { createSumAdmission } from './sum-admission';

const now = new Date(2026, 10, 22, 14, 30).getTime();
const unlimited = { perMinute: null, perDay: null };
/** One of these costs 33,600 micro-dollars. */
const model = 'gemini-nano-banana-2.1';

function pictures(count: number, provider = 'google', of = model): WantedPicture[] {
  return Array.from({ length: count }, () => ({
    ...{ id: newId(), provider, model: of },
    params: { aspectRatio: '1:1', seed: 1 },
  }));
}

function createWorld(limits: Limits, { cap = null as number | null, spent = 0, used = 0 } = {}) {
  const { store } = createTestContext();
  onTestFinished(() => store.close());
  for (let index = 0; index < used; index += 1) {
    const id = newId();
    store.charges.open({
      ...{ id, kind: 'picture', messageId: newId(), provider: 'google', model },
      ...{ requestedAt: now - 30_000, amountMicroUsd: 0 },
    });
    store.charges.end(id, { state: 'made', amountMicroUsd: 0 });
  }
  const options = { store, limits: () => limits, monthlyCap: () => cap, waitingPictures: () => [] };
  return createSumAdmission({ ...options, now: () => now }, () => spent);
}

test('refuses pictures that each fit into the cap, but not together', () => {
  const refusalOf = createWorld(unlimited, { cap: 100_000, spent: 33_600 });
  expect(refusalOf(pictures(1))).toBeNull();
  expect(refusalOf(pictures(2))).toMatchObject({
    code: 'cap_reached',
    message: expect.stringContaining('These 2 pictures cost about $0.067 together, and only $0.066 is left'),
  });
});

test('counts the prices of all services together', () => {
  const refusalOf = createWorld(unlimited, { cap: 70_000 });
  expect(refusalOf([...pictures(1), ...pictures(8, 'painter', 'painter-1')])).toBeNull();
  expect(refusalOf([...pictures(1), ...pictures(1, 'openai', 'gpt-image-1')])).toMatchObject({
    code: 'cap_reached',
  });
});

test('refuses pictures of which some would be over the limit per day', () => {
  const refusalOf = createWorld({ perMinute: null, perDay: 5 }, { used: 2 });
  expect(refusalOf(pictures(3))).toBeNull();
  expect(refusalOf(pictures(4))).toMatchObject({
    ok: false,
    code: 'limit_day',
    message:
      'Your limit for Google is 5 pictures a day, which leaves room for 3 of these 4. Nothing was sent. Ask for fewer, or raise the limit in Settings.',
  });
});

test('lets pictures wait a minute for the limit, as single ones do', () => {
  const refusalOf = createWorld({ perMinute: 4, perDay: null });
  expect(refusalOf(pictures(8))).toBeNull();
  expect(refusalOf(pictures(9))).toMatchObject({ code: 'limit_minute' });
});

test('has a limit for each service', () => {
  const refusalOf = createWorld({ perMinute: null, perDay: 2 });
  expect(refusalOf([...pictures(2), ...pictures(2, 'openai', 'gpt-image-1')])).toBeNull();
  expect(refusalOf([...pictures(2), ...pictures(3, 'openai', 'gpt-image-1')])).toMatchObject({
    code: 'limit_day',
    message: expect.stringContaining('OpenAI'),
  });
});
