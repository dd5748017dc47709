import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { failure } from '../../../shared/domain/errors';
import { arrivedFile, prefetchFile } from '../../../shared/domain/picture-files';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import type { MadePicture, ServiceFailure } from '../services/service';
import { createPrefetches, type Prefetches } from './prefetches';

const prefetchId = '01930000-0000-7000-8000-0000000000d1';
const pictureId = '01930000-0000-7000-8000-0000000000ab';
const bytes = Buffer.from('a picture');
const picture = { ok: true, bytes, costMicroUsd: 0 } as const;
const nothing = { ...failure('no_picture'), costMicroUsd: null };
const never = new AbortController().signal;

let folder: string;
let prefetches: Prefetches;

beforeEach(() => {
  const temporary = temporaryFolder();
  onTestFinished(temporary.remove);
  folder = temporary.folder;
  prefetches = createPrefetches(folder);
});

function filesLeft(): string[] {
  const prefetchFolder = path.join(folder, 'drafts');
  return existsSync(prefetchFolder) ? readdirSync(prefetchFolder) : [];
}

/** A provider that answers when the test says so, or stops when it is cancelled. */
function createProvider() {
  let end: (made: MadePicture | ServiceFailure) => void = () => {};
  const answer = new Promise<MadePicture | ServiceFailure>((resolve) => {
    end = resolve;
  });
  const makePicture = (signal: AbortSignal) => {
    signal.addEventListener('abort', () => end(nothing));
    return answer;
  };
  return { makePicture, answer, finish: () => end(picture) };
}

test('becomes an arrived picture when it is taken after it has ended', async () => {
  prefetches.start(prefetchId, async () => picture);
  expect(await prefetches.take(prefetchId, pictureId, never)).toMatchObject({ ok: true });
  expect(readFileSync(path.join(folder, arrivedFile(pictureId)))).toEqual(bytes);
  expect(filesLeft()).toEqual([]);
});

test('is awaited when it is taken while it is running', async () => {
  const { makePicture, finish } = createProvider();
  prefetches.start(prefetchId, makePicture);
  const taken = prefetches.take(prefetchId, pictureId, never);
  finish();
  expect(await taken).toMatchObject({ ok: true });
  expect(existsSync(path.join(folder, arrivedFile(pictureId)))).toBe(true);
});

test('is cancelled when the user cancels the picture that took it', async () => {
  prefetches.start(prefetchId, createProvider().makePicture);
  const stopping = new AbortController();
  const taken = prefetches.take(prefetchId, pictureId, stopping.signal);
  stopping.abort();
  expect(await taken).toMatchObject({ ok: false });
  expect(existsSync(path.join(folder, arrivedFile(pictureId)))).toBe(false);
});

test('leaves no file and cannot be taken when it is discarded after it has ended', async () => {
  prefetches.start(prefetchId, async () => picture);
  await prefetches.discard(prefetchId);
  expect(filesLeft()).toEqual([]);
  expect(await prefetches.take(prefetchId, pictureId, never)).toMatchObject({ ok: false });
});

test('leaves no file when it is discarded while it is running, even if the provider ignores the signal', async () => {
  prefetches.start(prefetchId, createProvider().makePicture);
  await prefetches.discard(prefetchId);
  const unresponsive = createProvider();
  prefetches.start(prefetchId, () => unresponsive.answer);
  const discarded = prefetches.discard(prefetchId);
  unresponsive.finish();
  await discarded;
  expect(filesLeft()).toEqual([]);
});

test('stays when it is discarded after it has been taken', async () => {
  prefetches.start(prefetchId, async () => picture);
  const taken = prefetches.take(prefetchId, pictureId, never);
  await prefetches.discard(prefetchId);
  expect(await taken).toMatchObject({ ok: true });
  expect(existsSync(path.join(folder, arrivedFile(pictureId)))).toBe(true);
});

test.each([
  ['throws', () => Promise.reject(new Error('no picture'))],
  ['returns a failure', () => Promise.resolve(nothing)],
])('leaves nothing to take when the provider %s', async (_how, makePicture) => {
  prefetches.start(prefetchId, makePicture);
  expect(await prefetches.take(prefetchId, pictureId, never)).toMatchObject({ ok: false });
  expect(filesLeft()).toEqual([]);
});

test('is removed when it cannot be moved to its picture', async () => {
  mkdirSync(path.join(folder, arrivedFile(pictureId)), { recursive: true });
  prefetches.start(prefetchId, async () => picture);
  expect(await prefetches.take(prefetchId, pictureId, never)).toMatchObject({ ok: false });
  expect(filesLeft()).toEqual([]);
});

test('files of an earlier process are removed at the next start', () => {
  mkdirSync(path.join(folder, 'drafts'));
  for (const name of [prefetchFile(prefetchId), `${prefetchFile(pictureId)}.part`]) {
    writeFileSync(path.join(folder, name), bytes);
  }
  createPrefetches(folder);
  expect(filesLeft()).toEqual([]);
});

test('returns its cost, duration and signature when it is taken', async () => {
  prefetches.start(prefetchId, async () => ({ ...picture, costMicroUsd: 33_600, signature: 'signed' }));
  const taken = await prefetches.take(prefetchId, pictureId, never);
  expect(taken).toMatchObject({ ok: true, facts: { costMicroUsd: 33_600, signature: 'signed' } });
});

test('returns its failure when it is taken', async () => {
  const failed = { ...failure('timed_out'), costMicroUsd: 33_600 };
  prefetches.start(prefetchId, async () => failed);
  expect(await prefetches.take(prefetchId, pictureId, never)).toEqual({ ok: false, failure: failed });
});

test.each([
  [33_600, 'cancelled_late', 33_600],
  [null, 'cancelled_late', 0],
  [0, 'cancelled', null],
] as const)(
  'reports what may be charged when it is cancelled after a picture for %s has arrived',
  async (price, code, cost) => {
    const stopping = new AbortController();
    prefetches.start(prefetchId, async () => ({ ...picture, costMicroUsd: price }));
    stopping.abort();
    expect(await prefetches.take(prefetchId, pictureId, stopping.signal)).toMatchObject({
      ok: false,
      failure: { code, costMicroUsd: cost },
    });
  },
);

test('reports a possible charge when its bytes cannot be written', async () => {
  mkdirSync(path.join(folder, prefetchFile(prefetchId)), { recursive: true });
  prefetches.start(prefetchId, async () => ({ ...picture, costMicroUsd: 33_600 }));
  expect(await prefetches.take(prefetchId, pictureId, never)).toMatchObject({
    ok: false,
    failure: { code: 'picture_not_stored', costMicroUsd: 33_600 },
  });
});

test('only a prefetch that a message has taken over survives its process', async () => {
  mkdirSync(path.join(folder, 'drafts'));
  for (const name of [prefetchFile(prefetchId), prefetchFile(pictureId)])
    writeFileSync(path.join(folder, name), bytes);
  const next = createPrefetches(folder, [prefetchId]);
  expect(filesLeft()).toEqual([prefetchId]);
  expect(await next.take(prefetchId, pictureId, never)).toEqual({ ok: true, facts: null });
  expect(readFileSync(path.join(folder, arrivedFile(pictureId)))).toEqual(bytes);
  expect(await next.take(prefetchId, pictureId, never)).toMatchObject({ ok: false });
});
