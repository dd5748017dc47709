import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { arrivalFile, factsOf, pictureFile } from '../../../shared/domain/picture-files';
import type { PictureJob, RecoverJob } from '../../../shared/generator/jobs';
import { localCodec } from '../../generator/codec/local-codec';
import { answerJob } from '../../generator/pipeline/answer-job';
import { tidyArrivals } from '../../generator/pipeline/arrivals';
import { createRequests } from '../../generator/pipeline/requests';
import { sample } from '../../generator/pipeline/test-pictures';
import { arrival, requestId } from '../../generator/pipeline/test-storing';
import { newId } from '../db/new-id';
import { offerArrivals } from './offer-arrivals';
import { reconcile } from './reconcile';
import { createTestStorage, type TestStorage } from './test-storage';

const bytes = sample(30, 20).toBuffer('image/png');
const never = new AbortController().signal;
/** The id of a further picture of the request's answer. */
const part = '01930000-0000-7000-8000-00000000ff02';

let storage: TestStorage;

/** Returns the generator's function that recovers a picture in a folder. */
function run(dataFolder: string) {
  return async (job: RecoverJob) => {
    const configuration = { dataFolder, services: [], displayQuality: 90 };
    const context = { configuration, codec: localCodec, requests: createRequests(), signal: never };
    return (await answerJob(job, { ...context, send: () => {} })).outcome;
  };
}

beforeEach(() => {
  storage = createTestStorage(undefined, run);
  onTestFinished(() => storage.remove());
});

/** Leaves bytes with their facts. */
function arrive(changes: Partial<typeof arrival> = {}): void {
  const facts = { ...arrival, jobId: null, arrivedAt: storage.chat.world.now, ...changes };
  mkdirSync(path.join(storage.folder, 'arrived'), { recursive: true });
  writeFileSync(path.join(storage.folder, factsOf(arrivalFile(facts.requestId))), JSON.stringify(facts));
  writeFileSync(path.join(storage.folder, arrivalFile(facts.requestId)), bytes);
}

const isWaiting = () => existsSync(path.join(storage.folder, arrivalFile(requestId)));

/** Lets the dispatcher adopt what it may. Returns how many pictures the gallery has then. */
async function offer(): Promise<number> {
  await offerArrivals(storage.context);
  await settled();
  return storage.chat.store.userImages.count();
}

/** Waits until the dispatcher has nothing more to do. */
async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if ([requestId, part].some(storage.context.isHeld)) quiet = 0;
  }
}

const prefetchJob: PictureJob = {
  ...{ kind: 'picture', jobId: requestId, requestId, provider: 'google' },
  ...{ model: arrival.model, prompt: arrival.prompt, params: arrival.params },
};

function openCharge(messageId: string | null): void {
  const { provider, model } = arrival;
  const facts = { id: requestId, kind: 'picture', messageId, provider, model } as const;
  storage.chat.store.charges.open({ ...facts, requestedAt: 1, amountMicroUsd: 7 });
}

test('adds a discarded prefetch to the gallery under its request, and ends its charge', async () => {
  openCharge(null);
  arrive();
  expect(await offer()).toBe(1);
  const { store, broadcasts } = storage.chat;
  const { provider, model, prompt, costMicroUsd } = arrival;
  const found = store.userImages.find(requestId);
  expect(found).toMatchObject({ provider, model, prompt, width: 30, height: 20, bytes: bytes.length });
  expect(broadcasts['gallery:added']).toMatchObject([[{ id: requestId }]]);
  expect(store.charges.find(requestId)).toMatchObject({ messageId: null, amountMicroUsd: costMicroUsd });
  expect(store.charges.spent(0)).toBe(costMicroUsd);
  expect(store.generationLog.count()).toBe(1);
  expect(await offer()).toBe(1);
  expect(storage.files('arrived')).toEqual([]);
});

test('gives one that a restored backup does not know a charge', async () => {
  arrive();
  await offer();
  expect(storage.chat.store.charges.spent(0)).toBe(arrival.costMicroUsd);
});

test.each([
  ['years ahead', 3e11],
  ['back to 1970', -1.7e12],
])('adopts whatever the clock says: it is %s', async (_what, step) => {
  arrive();
  storage.chat.world.now += step;
  expect(await offer()).toBe(1);
});

test('adds it once if the app is killed after its file has its name and before its row is written', async () => {
  const job = { ...prefetchJob, kind: 'recover' } as const;
  arrive();
  await run(storage.folder)(job);
  expect(storage.chat.store.userImages.count()).toBe(0);
  expect(isWaiting()).toBe(false);
  storage.restart();
  tidyArrivals(storage.folder);
  expect(await offer()).toBe(1);
  await offer();
  tidyArrivals(storage.folder);
  expect(storage.files('arrived')).toEqual([]);
});

test('keeps its file in place while its row is not written', async () => {
  arrive();
  storage.chat.store.transaction = () => {
    throw new Error('disk full');
  };
  await offerArrivals(storage.context);
  await expect.poll(isWaiting).toBe(false);
  const file = pictureFile(requestId, 'png');
  for (const name of storage.files()) storage.age(path.join(path.dirname(file), name), 100);
  await reconcile({ ...storage.context, clock: { ...storage.context.clock, retentionTime: Date.now } });
  expect(storage.exists(file)).toBe(true);
});

describe('leaves', () => {
  test('a prefetch that may still be sent', async () => {
    storage.chat.context.prefetch.start(prefetchJob);
    arrive();
    expect(await offer()).toBe(0);
    expect(isWaiting()).toBe(true);
    storage.chat.context.prefetch.stop();
    expect(await offer()).toBe(1);
  });

  test.each(['generating', 'failed', 'cancelled', 'interrupted'] as const)(
    'what a message has requested that is %s, because a retry uses it, until the message has a picture',
    async (status) => {
      const { id, file } = storage.picture({ isReady: false });
      arrive({ jobId: id });
      const { messages } = storage.chat.store;
      if (status === 'generating') messages.begin(id, requestId, 7);
      else messages.setEnded(id, status, { code: 'picture_not_stored', message: 'Not stored.' }, 7);
      expect(await offer()).toBe(0);
      messages.reset(id, 8);
      messages.begin(id, newId(), 8);
      const made = { provider: 'google', model: 'gemini-nano-banana-2.1' };
      const facts = { file, width: 3, height: 2, bytes: 100, thumbhash: Buffer.of(1) };
      messages.setReady(id, { ...facts, ...made }, 9);
      expect(await offer()).toBe(1);
    },
  );

  test('a prefetch that a message has taken over and that could not be stored, for its retry', async () => {
    const { id } = storage.picture({ isReady: false });
    openCharge(id);
    storage.chat.store.messages.setEnded(
      id,
      'failed',
      { code: 'picture_not_stored', message: 'Not stored.' },
      7,
    );
    arrive();
    expect(await offer()).toBe(0);
    expect(isWaiting()).toBe(true);
  });

  test('a free picture, and bytes without facts', async () => {
    arrive({ provider: 'painter', model: 'painter-1' });
    writeFileSync(path.join(storage.folder, arrivalFile('01930000-0000-7000-8000-0000000000ad')), bytes);
    expect(await offer()).toBe(0);
  });

  test('one that cannot be opened: its bytes are kept', async () => {
    arrive();
    writeFileSync(path.join(storage.folder, arrivalFile(requestId)), 'II*\0 a TIFF');
    expect(await offer()).toBe(0);
    expect(storage.files('kept')).toEqual([requestId, `${requestId}.json`]);
  });
});

describe('a further picture of an answer', () => {
  const arrivePart = (jobId: string | null) =>
    arrive({ requestId: part, jobId: part, costMicroUsd: 9, partOf: { requestId, jobId } });

  test('waits for the end of the request that brought it, and has no charge of its own', async () => {
    const { id, file } = storage.picture({ isReady: false });
    arrivePart(id);
    const { messages, charges, userImages } = storage.chat.store;
    messages.begin(id, requestId, 7);
    expect(await offer()).toBe(0);
    // The message has ended without it, because the app was killed with a full disk.
    const made = { provider: 'google', model: 'gemini-nano-banana-2.1' };
    const facts = { file, width: 3, height: 2, bytes: 100, thumbhash: Buffer.of(1) };
    messages.setReady(id, { ...facts, ...made }, 9);
    expect(await offer()).toBe(1);
    expect(userImages.find(part)).toMatchObject({ width: 30 });
    expect(charges.find(part)).toBeUndefined();
  });

  test('of a prefetch waits as long as that may be sent', async () => {
    storage.chat.context.prefetch.start(prefetchJob);
    arrivePart(null);
    expect(await offer()).toBe(0);
    storage.chat.context.prefetch.stop();
    expect(await offer()).toBe(1);
  });

  test('of a reply that was cut off joins the gallery, because a retry is another reply', async () => {
    const { id } = storage.reply();
    arrivePart(id);
    expect(await offer()).toBe(0);
    storage.chat.store.messages.setEnded(
      id,
      'interrupted',
      { code: 'interrupted', message: 'Interrupted.' },
      7,
    );
    expect(await offer()).toBe(1);
  });

  test('with a row of its own is left to that', async () => {
    const { id } = storage.picture({ isReady: false });
    storage.chat.store.messages.begin(id, id, 7);
    arrive({ requestId: id, jobId: id, partOf: { requestId, jobId: null } });
    expect(await offer()).toBe(0);
  });

  test('leaves nothing behind once its row has its picture, also if it was free', async () => {
    const { id } = storage.picture();
    const facts = {
      ...arrival,
      requestId: id,
      jobId: id,
      provider: 'painter',
      partOf: { requestId, jobId: null },
    };
    mkdirSync(path.join(storage.folder, 'arrived'), { recursive: true });
    writeFileSync(path.join(storage.folder, factsOf(arrivalFile(id))), JSON.stringify(facts));
    await offer();
    expect(storage.files('arrived')).toEqual([]);
  });
});

test('adopts what a message has requested that no longer exists', async () => {
  arrive({ jobId: '01930000-0000-7000-8000-0000000000ac' });
  expect(await offer()).toBe(1);
});
