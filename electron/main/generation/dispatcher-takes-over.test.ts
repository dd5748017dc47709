import { describe, expect, test } from 'vitest';
import type { Arrival } from '../../../shared/generator/arrivals';
import type { Outcome } from '../../../shared/generator/messages';
import { isOrphan, settleAdopted } from '../chat/adopt-arrival';
import { recoveryOf } from '../chat/job-for';
import { cancel } from '../chat/retry-and-cancel';
import { newId } from '../db/new-id';
import { createDispatcher, type Dispatcher } from './dispatcher';
import {
  type DispatcherOptions,
  dispatcherOptions,
  fireTimers,
  fixture,
  insert,
  statusOf,
  turn,
  useDispatcher,
} from './test-dispatcher';

useDispatcher();

describe('a request that an earlier process has begun', () => {
  test('is recovered and not repeated if it is a billed picture', async () => {
    const id = insert({ provider: 'google', status: 'generating' });
    await turn();
    expect(fixture.running.get(id)?.job).toMatchObject({ kind: 'recover', requestId: id });
  });

  test('is interrupted if it is a billed reply', async () => {
    const id = insert({ kind: 'text', provider: 'google', status: 'generating' });
    await turn();
    expect(statusOf(id)).toBe('interrupted');
    expect(fixture.started).toEqual([]);
  });

  test('begins again if it is a free reply', async () => {
    const id = insert({ kind: 'text', status: 'generating' });
    await turn();
    expect(fixture.running.get(id)?.job).toMatchObject({ kind: 'text', model: null });
  });

  test('is stopped if the user had stopped it before the app was killed', async () => {
    const id = insert({ provider: 'google', status: 'generating' });
    cancel(fixture.chat.context, id);
    await turn();
    expect(fixture.stopped).toEqual([id]);
  });

  test('is never mistaken for one of this process', async () => {
    const id = insert({ kind: 'text', provider: 'google' });
    await turn();
    fixture.dispatcher.open();
    await turn();
    expect(statusOf(id)).toBe('generating');
    expect(fixture.started).toEqual([id]);
  });
});

describe('a paid arrival that no message wants', () => {
  const arrival = (): Arrival => ({
    ...{ requestId: newId(), jobId: null, provider: 'google', model: 'a model', prompt: 'a fox' },
    ...{ params: { aspectRatio: '1:1', seed: 1 }, costMicroUsd: 5, mimeType: null, arrivedAt: 1 },
  });
  let ends: ((outcome: Outcome) => void)[];
  let recovered: string[];

  function open(changes: Partial<DispatcherOptions> = {}): Dispatcher {
    ends = [];
    recovered = [];
    const created = createDispatcher({
      ...dispatcherOptions(),
      recoverFile({ jobId }) {
        recovered.push(jobId);
        return new Promise((end) => ends.push(end));
      },
      after: (milliseconds, work) => void fixture.timers.push({ milliseconds, work }),
      ...changes,
    });
    created.open();
    return created;
  }

  const stored = ({ requestId }: Arrival): Outcome => ({
    ...{ type: 'stored', jobId: requestId, requestId, provider: 'google', model: 'a model' },
    ...{ file: `images/00/${requestId}.png`, width: 3, height: 2, bytes: 10, thumbhash: 'AAH+' },
    ...{ costMicroUsd: 5, durationMs: 1000, storeMs: 10 },
  });

  test('is adopted once, one after another, without taking a place in a lane', async () => {
    const owner = open();
    const arrivals = [arrival(), arrival()] as const;
    owner.adopt(arrivals);
    owner.adopt(arrivals);
    await turn();
    expect(recovered).toEqual([arrivals[0].requestId]);
    expect(owner.isInWork(arrivals[0].requestId)).toBe(true);
    expect(owner.isIdle()).toBe(true);
    ends[0]?.(stored(arrivals[0]));
    await turn();
    ends[1]?.(stored(arrivals[1]));
    await turn();
    owner.adopt(arrivals);
    await turn();
    expect(recovered).toEqual(arrivals.map(({ requestId }) => requestId));
    expect(fixture.chat.store.userImages.count()).toBe(2);
    expect(owner.isInWork(arrivals[1].requestId)).toBe(false);
  });

  test('is written later if its row cannot be written now, and nothing else waits for it', async () => {
    console.error = () => {};
    let isFull = true;
    const owner = open({
      settleAdopted(adopted, outcome) {
        if (isFull) throw new Error('disk full');
        settleAdopted(fixture.chat.context, adopted, outcome);
      },
    });
    const orphan = arrival();
    owner.adopt([orphan]);
    await turn();
    ends[0]?.(stored(orphan));
    await turn();
    expect(owner.isInWork(orphan.requestId)).toBe(true);
    const message = insert();
    owner.wake();
    await turn();
    expect(statusOf(message)).toBe('generating');
    isFull = false;
    await fireTimers();
    expect(fixture.chat.store.userImages.find(orphan.requestId)).toBeDefined();
    expect(recovered).toHaveLength(1);
  });

  test('is left to the job that runs, even if its message has been deleted meanwhile', async () => {
    const id = insert({ provider: 'google' });
    await turn();
    const isRunning: boolean[] = [];
    const owner = open({
      isOrphan(_arrival, isInWork) {
        isRunning.push(isInWork(id));
        return false;
      },
      recoveryOf: (message) => recoveryOf(fixture.chat.context, message),
    });
    owner.adopt([arrival()]);
    await turn();
    expect(isRunning).toEqual([true]);
    expect(isOrphan(fixture.chat.context, { ...arrival(), jobId: newId() }, () => true)).toBe(false);
  });

  test('waits for the next start once the app is closing', async () => {
    const owner = open();
    owner.close();
    owner.adopt([arrival()]);
    await turn();
    expect(recovered).toEqual([]);
  });
});
