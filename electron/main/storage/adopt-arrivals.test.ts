import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { arrivalFile, factsOf } from '../../../shared/domain/picture-files';
import { nothingConfigured } from '../../../shared/generator/jobs';
import { localCodec } from '../../generator/codec/local-codec';
import { answerJob } from '../../generator/pipeline/answer-job';
import { createRequests } from '../../generator/pipeline/requests';
import { sample } from '../../generator/pipeline/test-pictures';
import { arrival, requestId } from '../../generator/pipeline/test-storing';
import { newId } from '../db/new-id';
import { adoptArrivals } from './adopt-arrivals';
import { createTestStorage, type TestStorage } from './test-storage';

const dayMs = 24 * 60 * 60 * 1000;
const bytes = sample(30, 20).toBuffer('image/png');
const never = new AbortController().signal;
const second = '01930000-0000-7000-8000-00000000ff02';

let storage: TestStorage;

beforeEach(() => {
  storage = createTestStorage(undefined, (dataFolder) => async (job) => {
    const configuration = { dataFolder, providers: nothingConfigured, displayQuality: 90 };
    const requests = createRequests();
    const answered = await answerJob(job, {
      configuration,
      codec: localCodec,
      requests,
      signal: never,
      send: () => {},
    });
    return answered.outcome;
  });
  onTestFinished(() => storage.remove());
});

/** Leaves bytes with their facts. @param age in milliseconds */
function arrive(changes: Partial<typeof arrival>, age: number): void {
  const facts = { ...arrival, jobId: null, arrivedAt: storage.chat.world.now - age, ...changes };
  mkdirSync(path.join(storage.folder, 'arrived'), { recursive: true });
  writeFileSync(path.join(storage.folder, factsOf(arrivalFile(facts.requestId))), JSON.stringify(facts));
  writeFileSync(path.join(storage.folder, arrivalFile(facts.requestId)), bytes);
}

const isWaiting = () => existsSync(path.join(storage.folder, arrivalFile(requestId)));

test('adds a discarded prefetch of an earlier process to the gallery under its request', async () => {
  arrive({}, 1);
  const context = { ...storage.context, startedAt: storage.chat.world.now };
  expect(await adoptArrivals(context)).toBe(1);
  const { provider, model, prompt } = arrival;
  const found = storage.chat.store.userImages.find(requestId);
  expect(found).toMatchObject({ provider, model, prompt, width: 30, height: 20, bytes: bytes.length });
  expect(storage.chat.broadcasts['gallery:added']).toMatchObject([[{ id: requestId }]]);
  expect(storage.files('arrived')).toEqual([]);
  expect(storage.chat.store.generationLog.count()).toBe(0);
  expect(await adoptArrivals(storage.context)).toBe(0);
});

describe('an end of the app', () => {
  test('before it keeps every picture for the next start, without asking the generator', async () => {
    const asked: string[] = [];
    const { run } = storage.context.generator;
    const generator = {
      ...storage.context.generator,
      run: (...[job]: Parameters<typeof run>) => {
        asked.push(job.jobId);
        return run(job);
      },
    };
    arrive({}, dayMs * 2);
    storage.end();
    expect(await adoptArrivals({ ...storage.context, generator })).toBe(0);
    expect(asked).toEqual([]);
    expect(isWaiting()).toBe(true);
    storage.restart();
    expect(await adoptArrivals(storage.context)).toBe(1);
  });

  test('while one is stored writes nothing to a database that is closing, and the next start adds all', async () => {
    const { run } = storage.context.generator;
    const generator = {
      ...storage.context.generator,
      run: async (...[job]: Parameters<typeof run>) => {
        const outcome = await run(job);
        storage.end();
        return outcome;
      },
    };
    arrive({}, dayMs * 2);
    arrive({ requestId: second }, dayMs * 2);
    expect(await adoptArrivals({ ...storage.context, generator })).toBe(0);
    expect(storage.chat.store.userImages.count()).toBe(0);
    expect(storage.chat.broadcasts['gallery:added']).toEqual([]);
  });
});

describe('leaves', () => {
  test('a prefetch of this process until it is an hour old', async () => {
    const context = { ...storage.context, startedAt: storage.chat.world.now - 10 };
    arrive({}, 5);
    expect(await adoptArrivals(context)).toBe(0);
    storage.chat.world.now += dayMs / 24;
    expect(await adoptArrivals(context)).toBe(1);
  });

  test('a prefetch that may still be sent', async () => {
    arrive({}, dayMs * 2);
    storage.held.add(requestId);
    expect(await adoptArrivals(storage.context)).toBe(0);
    expect(isWaiting()).toBe(true);
  });

  test.each(['generating', 'failed', 'cancelled', 'interrupted'] as const)(
    'what a message has requested that is %s, because a retry uses it, until the message has a picture',
    async (status) => {
      const { id, file } = storage.picture({ isReady: false });
      arrive({ jobId: id }, dayMs * 2);
      const { messages } = storage.chat.store;
      if (status === 'generating') messages.begin(id, requestId, 7);
      else messages.setEnded(id, status, 'picture_not_stored', 'Not stored.', 7);
      expect(await adoptArrivals(storage.context)).toBe(0);
      messages.reset(id, 8);
      messages.begin(id, newId(), 8);
      const made = { provider: 'google', model: 'gemini-nano-banana-2.1' };
      const facts = { file, width: 3, height: 2, bytes: 100, thumbhash: Buffer.of(1) };
      messages.setReady(id, { ...facts, ...made }, 9);
      expect(await adoptArrivals(storage.context)).toBe(1);
    },
  );

  test('what a message has requested that no longer exists, for a day', async () => {
    arrive({ jobId: '01930000-0000-7000-8000-0000000000ac' }, dayMs / 2);
    expect(await adoptArrivals(storage.context)).toBe(0);
    storage.chat.world.now += dayMs;
    expect(await adoptArrivals(storage.context)).toBe(1);
  });

  test('a free picture, and bytes without facts', async () => {
    arrive({ provider: 'painter', model: 'painter-1' }, dayMs * 2);
    writeFileSync(path.join(storage.folder, arrivalFile('01930000-0000-7000-8000-0000000000ad')), bytes);
    expect(await adoptArrivals(storage.context)).toBe(0);
  });
});
