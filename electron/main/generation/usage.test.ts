import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { success } from '../../../shared/domain/errors';
import type { PictureResolution } from '../../../shared/domain/models';
import type { ServiceId } from '../../../shared/domain/services';
import type { NewCharge } from '../db/charges';
import { newId } from '../db/new-id';
import type { ReadContext } from '../db/read';
import { createTestContext, type TestContext } from '../test-support/test-context';
import type { WantedPicture } from './admission';
import { createUsage } from './usage';
import { createUsageHandlers } from './usage-handlers';
import { usageReads } from './usage-reads';

const hourMs = 3_600_000;
/** In local time, as days and months are. */
const now = new Date(2026, 2, 3, 14, 30).getTime();
const model = 'gemini-nano-banana-2.1';

let chat: TestContext;
let waiting: WantedPicture[];

beforeEach(() => {
  chat = createTestContext();
  onTestFinished(() => chat.store.close());
  waiting = [];
});

function usage() {
  return createUsage({
    store: chat.store,
    activeProvider: () => ({ id: 'google' }),
    limits: (provider) =>
      provider === 'google' ? { perMinute: 3, perDay: 10 } : { perMinute: 1, perDay: 1 },
    waitingPictures: () => waiting,
    now: () => now,
  });
}

/** Returns the context of the reader's thread. */
function reading(): ReadContext {
  return { store: chat.store, dataFolder: '' };
}

function estimate(provider: ServiceId, name: string, resolution: PictureResolution) {
  return usageReads.estimate.run(reading(), { provider, model: name, resolution });
}

function costs() {
  const slices = usageReads.costs.slices(reading(), {});
  let step = slices.next();
  while (!step.done) step = slices.next();
  return step.value;
}

/** Adds a picture's request that has ended. */
function spend(requestedAt: number, changes: Partial<NewCharge> = {}): void {
  const { charges } = chat.store;
  const id = newId();
  const charge = {
    kind: 'picture',
    messageId: newId(),
    provider: 'google',
    model,
    amountMicroUsd: 100,
  } as const;
  charges.open({ ...charge, id, requestedAt, ...changes });
  charges.end(id, { state: 'made', amountMicroUsd: changes.amountMicroUsd ?? 100 });
}

/** Adds pictures that took so long (ms). */
function log(...durations: number[]): void {
  for (const durationMs of durations) {
    chat.store.generationLog.insert({
      ...{ id: newId(), messageId: newId(), provider: 'google', model, outcome: 'ready', errorCode: null },
      ...{ requestedAt: now, durationMs, costMicroUsd: 0 },
    });
  }
}

describe('the use of a limit', () => {
  test('counts the requests and the waiting pictures of the provider in use, in both windows', () => {
    spend(now - 1000);
    spend(now - 2 * hourMs);
    spend(now - 1000, { provider: 'openai' });
    const params = { aspectRatio: '1:1', seed: 1 } as const;
    waiting = [
      { id: newId(), provider: 'google', model, params },
      { id: newId(), provider: 'openai', model: 'gpt-image-1', params },
    ];
    expect(usage().read()).toMatchObject({
      provider: 'google',
      minute: { used: 2, limit: 3 },
      day: { used: 3, limit: 10 },
    });
  });
});

describe('the spending of a month', () => {
  test('counts this month from its first moment in local time, at all providers', () => {
    const month = new Date(2026, 2, 1).getTime();
    spend(month - 1, { amountMicroUsd: 1 });
    spend(month, { amountMicroUsd: 10 });
    spend(month + 1, { amountMicroUsd: 100, provider: 'openai' });
    expect(usage().read()).toMatchObject({ spentMonthMicroUsd: 110 });
  });

  test('is shown with the cap', () => {
    expect(usage().read().capMicroUsd).toBeNull();
    chat.store.transaction(() => chat.store.settings.write({ monthlyCapMicroUsd: 5_000_000 }));
    expect(usage().read().capMicroUsd).toBe(5_000_000);
  });

  test('is listed by day, however long ago it was, and by whatever clock', () => {
    for (const at of [now, new Date(2031, 0, 1).getTime(), new Date(2019, 3, 1).getTime(), 0]) spend(at);
    expect(costs().map(({ day }) => day.slice(0, 4))).toEqual(['2031', '2026', '2019', '1970']);
  });
});

describe('an estimate', () => {
  test('needs three pictures', () => {
    log(10, 20);
    expect(estimate('google', model, '1K')).toBeNull();
    log(30);
    expect(estimate('google', model, '1K')).toEqual({ p50: 20, p95: 30 });
  });

  test('has the middle and nearly the longest of the durations', () => {
    log(...Array.from({ length: 40 }, (_, index) => 40 - index));
    expect(estimate('google', model, '1K')).toEqual({ p50: 20, p95: 38 });
  });

  test('is of that provider, model and resolution alone', () => {
    log(10, 20, 30);
    expect(estimate('openai', model, '1K')).toBeNull();
    expect(estimate('google', 'another', '1K')).toBeNull();
    expect(estimate('google', model, '2K')).toBeNull();
  });
});

test('each request replies with what it asks for', async () => {
  log(10, 20, 30);
  spend(now);
  const handlers = createUsageHandlers(usage(), {
    estimate: async (input) => success(usageReads.estimate.run(reading(), input)),
    modelUses: async (input) => success(usageReads.modelUses.run(reading(), input)),
    costs: async () => success(costs()),
  });
  // None of these handlers looks at its caller.
  const caller = Object(null);
  const wanted = { provider: 'google', model, resolution: '1K' } as const;
  expect(await handlers['usage:read']({}, caller)).toEqual({ ok: true, value: usage().read() });
  expect(await handlers['usage:estimate'](wanted, caller)).toMatchObject({ ok: true, value: { p50: 20 } });
  expect(await handlers['usage:models']({}, caller)).toEqual({
    ok: true,
    value: [{ provider: 'google', model, usualMs: 20 }],
  });
  expect(await handlers['usage:costs']({}, caller)).toMatchObject({
    ok: true,
    value: { days: [{ pictures: 1 }] },
  });
});
