import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { RequestInput } from '../../../shared/contract';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { matchingPrefetch, prefetch } from './prefetch';
import { sendMessage } from './send-message';

let chat: TestContext;

beforeEach(() => {
  chat = createTestContext();
  onTestFinished(() => chat.store.close());
});

const draft = { text: 'a red fox at dawn', mode: 'auto', aspectRatio: '3:2' } as const;

function pauseOver(changes: Partial<RequestInput<'chat:prefetch'>> = {}): void {
  prefetch(chat.context, { ...draft, ...changes });
}

/** @returns the job that was queued for the request's only or first picture. */
function send(changes: Partial<RequestInput<'chat:send'>> = {}) {
  sendMessage(chat.context, { conversationId: null, count: 1, ...draft, ...changes });
  chat.runAfterReply();
  const [job] = chat.enqueued;
  if (job?.kind !== 'picture') throw new Error('no picture was asked for');
  return job;
}

describe('a pause over a picture request', () => {
  test('begins what Enter would ask for, and writes nothing', () => {
    pauseOver();
    expect(chat.prefetches.started).toMatchObject([
      {
        provider: 'painter',
        model: 'painter-1',
        prompt: 'a red fox at dawn',
        params: { aspectRatio: '3:2', seed: 2 ** 30 },
      },
    ]);
    expect(chat.store.messages.count()).toBe(0);
    expect(chat.enqueued).toEqual([]);
  });

  test('begins it with the model that the person has chosen', () => {
    const active = chat.context.activeProvider();
    chat.context.activeProvider = () => ({ ...active, id: 'automatic1111', pictureModel: 'somebodys-own' });
    pauseOver();
    expect(chat.prefetches.started).toMatchObject([{ provider: 'automatic1111', model: 'somebodys-own' }]);
    expect(send().prefetchId).toBe(chat.prefetches.started[0]?.jobId);
  });

  test('twice over the same begins it once', () => {
    pauseOver();
    pauseOver({ text: ' a red fox at dawn ' });
    expect(chat.prefetches.started).toHaveLength(1);
    expect(chat.prefetches.discarded).toEqual([]);
  });

  test.each<[string, Partial<RequestInput<'chat:prefetch'>>]>([
    ['words', { text: 'a red fox at dusk' }],
    ['shape', { aspectRatio: '1:1' }],
    ['seed', { seed: 9 }],
  ])('over another %s ends the one before: there is never more than one', (_what, changes) => {
    pauseOver();
    pauseOver(changes);
    const [first, second] = chat.prefetches.started;
    expect(chat.prefetches.discarded).toEqual([first?.jobId]);
    expect(chat.context.prefetch.current()).toBe(second);
    expect(second).toBeDefined();
  });

  test('over what is no picture begins nothing, and ends what was begun', () => {
    pauseOver();
    pauseOver({ text: 'how are you?' });
    expect(chat.prefetches.started).toHaveLength(1);
    expect(chat.context.prefetch.current()).toBeNull();
    expect(chat.prefetches.discarded).toHaveLength(1);
  });

  test('begins it with the model that is chosen, once', () => {
    const active = { ...chat.context.activeProvider(), id: 'automatic1111', pictureModel: 'mine' } as const;
    const context = { ...chat.context, activeProvider: () => active };
    prefetch(context, draft);
    prefetch(context, draft);
    expect(chat.prefetches.started).toMatchObject([{ provider: 'automatic1111', model: 'mine' }]);
    expect(matchingPrefetch(context, draft.text, { ...draft, count: 1 })).toBe(chat.prefetches.started[0]);
  });

  test('begins nothing with a provider that charges, where nobody has asked for that', () => {
    chat.world.provider = 'google';
    pauseOver();
    expect(chat.prefetches.started).toEqual([]);
    expect(chat.store.generationLog.count()).toBe(0);
  });

  test('begins nothing where the setting is off', () => {
    chat.store.transaction(() => chat.store.settings.write({ prefetch: false }));
    pauseOver();
    expect(chat.prefetches.started).toEqual([]);
  });

  test('begins nothing while something real is under way', () => {
    chat.world.isIdle = false;
    pauseOver();
    expect(chat.prefetches.started).toEqual([]);
  });
});

describe('sent', () => {
  test('as it was, its picture takes the draft and has its seed', () => {
    chat.world.random = 0.25;
    pauseOver();
    chat.world.random = 0.75;
    const job = send();
    const [begun] = chat.prefetches.started;
    expect(job).toMatchObject({ prefetchId: begun?.jobId, params: { seed: 2 ** 29 } });
    expect(job.jobId).not.toBe(begun?.jobId);
    expect(chat.store.messages.find(job.jobId)).toMatchObject({ params: begun?.params });
    chat.context.prefetch.stop();
    expect(chat.prefetches.discarded).toEqual([]);
  });

  test('a second time, the second picture is another one', () => {
    pauseOver();
    send();
    chat.enqueued.length = 0;
    expect(send()).not.toHaveProperty('prefetchId');
  });

  test('with a chosen seed, the same seed is the same draft', () => {
    pauseOver({ seed: 3 });
    expect(send({ seed: 3 }).prefetchId).toBe(chat.prefetches.started[0]?.jobId);
  });

  test.each<[string, Partial<RequestInput<'chat:send'>>]>([
    ['other words', { text: 'a red fox at dusk' }],
    ['another shape', { aspectRatio: '1:1' }],
    ['a chosen seed', { seed: 2 ** 30 }],
    ['more pictures', { count: 2 }],
    ['the wish for a new one', { fresh: true }],
  ])('with %s, it is left alone', (_what, changes) => {
    pauseOver();
    expect(send(changes)).not.toHaveProperty('prefetchId');
    expect(chat.context.prefetch.current()).not.toBeNull();
  });

  test('to another provider, it is left alone', () => {
    pauseOver();
    chat.world.provider = 'google';
    expect(send()).not.toHaveProperty('prefetchId');
  });

  test('but not kept, the draft stays for the next try', () => {
    pauseOver();
    const nowhere = '01930000-0000-7000-8000-0000000000ab';
    sendMessage(chat.context, { conversationId: nowhere, count: 1, ...draft });
    expect(chat.context.prefetch.current()).not.toBeNull();
  });
});
