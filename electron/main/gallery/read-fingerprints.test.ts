import { v7 as newId } from 'uuid';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { fingerprintBytes } from '../../../shared/domain/fingerprints';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { createFingerprintReading } from './read-fingerprints';

let context: TestContext;
let ending: AbortController;
/** The pictures that were read, in order. */
let asked: string[];
let answer: (id: string) => Result<Uint8Array | null>;
let isBusy: boolean;
/** Work that waits, and for how long (ms). */
let timers: { milliseconds: number; work: () => void }[];

beforeEach(() => {
  context = createTestContext();
  onTestFinished(() => context.store.close());
  ending = new AbortController();
  asked = [];
  answer = () => success(new Uint8Array(fingerprintBytes).fill(asked.length));
  isBusy = false;
  timers = [];
});

const reading = () =>
  createFingerprintReading({
    store: context.store,
    broadcast: context.context.broadcast,
    generator: {
      async readFingerprint(id) {
        asked.push(id);
        return answer(id);
      },
    },
    isBusy: () => isBusy,
    after: (milliseconds, work) => void timers.push({ milliseconds, work }),
    signal: ending.signal,
  });

function add(count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const id = newId();
    context.store.userImages.insert({
      ...{ id, messageId: id, file: `${id}.png`, width: 3, height: 2, bytes: 1, thumbhash: '', prompt: '' },
      ...{ provider: 'painter', model: 'painter-1', params: '{}', createdAt: at },
    });
    return id;
  });
}

/** Lets the work go on until it waits. */
async function turn(): Promise<number | undefined> {
  for (let wait = 0; wait < 200; wait += 1) await Promise.resolve();
  const next = timers.shift();
  next?.work();
  for (let wait = 0; wait < 200; wait += 1) await Promise.resolve();
  return next?.milliseconds;
}

test('reads the newest pictures first, in steps with pauses, and tells the windows', async () => {
  const ids = add(40);
  reading().wake();
  while ((await turn()) !== undefined);
  expect(asked).toEqual(ids.toReversed());
  expect(context.store.fingerprints.unread()).toBe(0);
  expect(context.broadcasts['gallery:unread'].map(({ left }) => left)).toEqual([24, 8, 0]);
});

test('reads one picture at a time, and waits longer, while pictures are being made', async () => {
  add(3);
  isBusy = true;
  reading().wake();
  expect(await turn()).toBe(250);
  expect(asked).toHaveLength(2);
});

test('continues at the next start with what is left', async () => {
  const ids = add(20);
  reading().wake();
  await Promise.resolve();
  answer = (id) => {
    if (id === ids[2]) ending.abort();
    return success(null);
  };
  while ((await turn()) !== undefined);
  const left = context.store.fingerprints.unread();
  expect(left).toBe(4);
  ending = new AbortController();
  answer = () => success(null);
  reading().wake();
  while ((await turn()) !== undefined);
  expect(context.store.fingerprints.unread()).toBe(0);
});

test('tries again in a minute when the generator has ended, and keeps what was read before', async () => {
  const ids = add(3);
  answer = (id) => (id === ids[0] ? failure('generator_stopped') : success(null));
  reading().wake();
  expect(await turn()).toBe(60_000);
  answer = () => success(null);
  while ((await turn()) !== undefined);
  expect(asked.filter((id) => id === ids[2])).toHaveLength(1);
  expect(context.store.fingerprints.unread()).toBe(0);
});

test('a picture that cannot be opened is not read again', async () => {
  add(1);
  answer = () => success(null);
  const both = reading();
  both.wake();
  while ((await turn()) !== undefined);
  both.wake();
  await turn();
  expect(asked).toHaveLength(1);
});

test('a picture that could not be opened is read again when there is another file of it, and no other is', async () => {
  const [damaged = '', fine = ''] = add(2);
  answer = (id) => success(id === damaged ? null : new Uint8Array(fingerprintBytes));
  const both = reading();
  both.wake();
  while ((await turn()) !== undefined);
  answer = () => success(new Uint8Array(fingerprintBytes).fill(1));
  both.readAgain(fine);
  both.readAgain(newId());
  while ((await turn()) !== undefined);
  expect(asked).toEqual([fine, damaged]);
  both.readAgain(damaged);
  both.readAgain(damaged);
  while ((await turn()) !== undefined);
  both.readAgain(damaged);
  while ((await turn()) !== undefined);
  expect(asked).toEqual([fine, damaged, damaged]);
});

test('reads one picture before the others, once', async () => {
  const [first = ''] = add(30);
  const one = reading();
  await one.readFirst(first);
  await one.readFirst(first);
  expect(asked).toEqual([first]);
  expect(context.store.fingerprints.unread()).toBe(29);
});
