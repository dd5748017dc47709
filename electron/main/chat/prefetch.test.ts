import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { RequestInput } from '../../../shared/contract';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { builtInService, builtInServiceIds, newService } from '../../../shared/domain/services';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { type SendChanges, sendInput, waitingJob } from '../test-support/test-messages';
import { matchingPrefetch, prefetch } from './prefetch';
import { sendMessage } from './send-message';

let chat: TestContext;

beforeEach(() => {
  chat = openTestContext();
});

const draftText = { text: 'a red fox at dawn', mode: 'auto', aspectRatio: '3:2' } as const;

function pauseOver(changes: Partial<RequestInput<'chat:prefetch'>> = {}): void {
  prefetch(chat.context, { ...draftText, ...changes });
}

/** Sends a message. Returns the job of its picture. */
function send(changes: SendChanges = {}) {
  const job = waitingJob(chat, { ...draftText, ...changes });
  if (job.kind !== 'picture') throw new Error('no picture waits');
  return job;
}

describe('prefetch', () => {
  test('starts what sending would request, and writes nothing', () => {
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
    expect(chat.calls.wakes).toBe(0);
  });

  test('uses the chosen model, and so does the message', () => {
    const active = chat.context.activeProvider();
    chat.context.activeProvider = () => ({ ...active, id: 'automatic1111', pictureModel: 'somebodys-own' });
    pauseOver();
    expect(chat.prefetches.started).toMatchObject([{ provider: 'automatic1111', model: 'somebodys-own' }]);
    expect(send().requestId).toBe(chat.prefetches.started[0]?.requestId);
  });

  test('starts nothing with the engine on this computer, whose server would load a model', () => {
    const active = chat.context.activeProvider();
    chat.context.activeProvider = () => ({ ...active, id: 'engine', pictureModel: 'z-image' });
    useServiceDirectory([newService('engine', 'sd-server', 'This computer')]);
    onTestFinished(() => useServiceDirectory(builtInServiceIds.map(builtInService)));
    pauseOver();
    expect(chat.prefetches.started).toEqual([]);
  });

  test('starts once for the same text', () => {
    pauseOver();
    pauseOver({ text: ' a red fox at dawn ' });
    expect(chat.prefetches.started).toHaveLength(1);
    expect(chat.prefetches.discarded).toEqual([]);
  });

  test.each<[string, Partial<RequestInput<'chat:prefetch'>>]>([
    ['text', { text: 'a red fox at dusk' }],
    ['aspect ratio', { aspectRatio: '1:1' }],
    ['seed', { seed: 9 }],
  ])('replaces the previous one for another %s', (_what, changes) => {
    pauseOver();
    pauseOver(changes);
    const [first, second] = chat.prefetches.started;
    expect(chat.prefetches.discarded).toEqual([first?.requestId]);
    expect(chat.context.prefetch.current()).toBe(second);
    expect(second).toBeDefined();
  });

  test('stops for text that does not ask for a picture', () => {
    pauseOver();
    pauseOver({ text: '/image' });
    expect(chat.prefetches.started).toHaveLength(1);
    expect(chat.context.prefetch.current()).toBeNull();
    expect(chat.prefetches.discarded).toHaveLength(1);
  });

  test('starts once with the chosen model', () => {
    const active = { ...chat.context.activeProvider(), id: 'automatic1111', pictureModel: 'mine' } as const;
    const context = { ...chat.context, activeProvider: () => active };
    prefetch(context, draftText);
    prefetch(context, draftText);
    expect(chat.prefetches.started).toMatchObject([{ provider: 'automatic1111', model: 'mine' }]);
    expect(matchingPrefetch(context, draftText.text, { ...draftText, count: 1 })).toBe(
      chat.prefetches.started[0],
    );
  });

  test('starts nothing at a provider that charges unless the setting is on', () => {
    chat.world.provider = 'google';
    pauseOver();
    expect(chat.prefetches.started).toEqual([]);
    expect(chat.store.generationLog.count()).toBe(0);
  });

  test('starts nothing if the setting is off', () => {
    chat.store.transaction(() => chat.store.settings.write({ prefetch: false }));
    pauseOver();
    expect(chat.prefetches.started).toEqual([]);
  });

  test('starts nothing while a requested job is unfinished', () => {
    chat.world.isIdle = false;
    pauseOver();
    expect(chat.prefetches.started).toEqual([]);
  });
});

describe('a sent message', () => {
  test('with the same text takes over the prefetch and its seed', () => {
    chat.world.random = 0.25;
    pauseOver();
    chat.world.random = 0.75;
    const job = send();
    const [started] = chat.prefetches.started;
    expect(job).toMatchObject({ requestId: started?.requestId, params: { seed: 2 ** 29 } });
    expect(job.jobId).not.toBe(started?.jobId);
    expect(chat.store.messages.find(job.jobId)).toMatchObject({ params: started?.params });
    chat.context.prefetch.stop();
    expect(chat.prefetches.discarded).toEqual([]);
  });

  test('with the same text a second time gets another picture', () => {
    pauseOver();
    const first = send();
    expect(send().requestId).not.toBe(first.requestId);
  });

  test('with the same chosen seed takes over the prefetch', () => {
    pauseOver({ seed: 3 });
    expect(send({ seed: 3 }).requestId).toBe(chat.prefetches.started[0]?.requestId);
  });

  test.each<[string, SendChanges]>([
    ['different text', { text: 'a red fox at dusk' }],
    ['another aspect ratio', { aspectRatio: '1:1' }],
    ['a chosen seed', { seed: 2 ** 30 }],
    ['more pictures', { count: 2 }],
    ['a request for a new picture', { fresh: true }],
  ])('with %s does not take over the prefetch', (_what, changes) => {
    pauseOver();
    const { requestId } = send(changes);
    expect(chat.prefetches.started.map((job) => job.requestId)).not.toContain(requestId);
    expect(chat.context.prefetch.current()).not.toBeNull();
  });

  test('to another provider does not take over the prefetch', () => {
    pauseOver();
    chat.world.provider = 'google';
    expect(send().requestId).not.toBe(chat.prefetches.started[0]?.requestId);
  });

  test('that cannot be saved keeps the prefetch for the next attempt', () => {
    pauseOver();
    sendMessage(chat.context, sendInput({ ...draftText, isNew: false }));
    expect(chat.context.prefetch.current()).not.toBeNull();
  });

  test('sent again does not take over another prefetch', () => {
    pauseOver();
    const input = sendInput(draftText);
    sendMessage(chat.context, input);
    pauseOver();
    expect(chat.prefetches.started).toHaveLength(2);
    sendMessage(chat.context, input);
    expect(chat.context.prefetch.current()).toBe(chat.prefetches.started[1]);
    expect(chat.waitingJobs().map(({ requestId }) => requestId)).toEqual([
      chat.prefetches.started[0]?.requestId,
    ]);
  });
});
