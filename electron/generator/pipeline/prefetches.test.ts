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
let drafts: Prefetches;

beforeEach(() => {
  const temporary = temporaryFolder();
  onTestFinished(temporary.remove);
  folder = temporary.folder;
  drafts = createPrefetches(folder);
});

function leftOver(): string[] {
  const where = path.join(folder, 'drafts');
  return existsSync(where) ? readdirSync(where) : [];
}

/** A painter that paints when it is told to, or stops when it is told to. */
function painter() {
  let end: (painted: MadePicture | ServiceFailure) => void = () => {};
  const painted = new Promise<MadePicture | ServiceFailure>((resolve) => {
    end = resolve;
  });
  const paint = (signal: AbortSignal) => {
    signal.addEventListener('abort', () => end(nothing));
    return painted;
  };
  return { paint, painted, finish: () => end(picture) };
}

test('taken when it is done, its bytes are a picture that has arrived', async () => {
  drafts.begin(prefetchId, async () => picture);
  expect(await drafts.take(prefetchId, pictureId, never)).toMatchObject({ ok: true });
  expect(readFileSync(path.join(folder, arrivedFile(pictureId)))).toEqual(bytes);
  expect(leftOver()).toEqual([]);
});

test('taken while it is under way, it is waited for', async () => {
  const { paint, finish } = painter();
  drafts.begin(prefetchId, paint);
  const taken = drafts.take(prefetchId, pictureId, never);
  finish();
  expect(await taken).toMatchObject({ ok: true });
  expect(existsSync(path.join(folder, arrivedFile(pictureId)))).toBe(true);
});

test('stopped by the person who waits for it, it stops too', async () => {
  drafts.begin(prefetchId, painter().paint);
  const stopping = new AbortController();
  const taken = drafts.take(prefetchId, pictureId, stopping.signal);
  stopping.abort();
  expect(await taken).toMatchObject({ ok: false });
  expect(existsSync(path.join(folder, arrivedFile(pictureId)))).toBe(false);
});

test('discarded when it is done, nothing of it is left, and it can be taken no more', async () => {
  drafts.begin(prefetchId, async () => picture);
  await drafts.discard(prefetchId);
  expect(leftOver()).toEqual([]);
  expect(await drafts.take(prefetchId, pictureId, never)).toMatchObject({ ok: false });
});

test('discarded while it is under way, it stops, whether its painter heeds that or not', async () => {
  drafts.begin(prefetchId, painter().paint);
  await drafts.discard(prefetchId);
  const deaf = painter();
  drafts.begin(prefetchId, () => deaf.painted);
  const discarded = drafts.discard(prefetchId);
  deaf.finish();
  await discarded;
  expect(leftOver()).toEqual([]);
});

test('discarded once it has been taken, the picture stays', async () => {
  drafts.begin(prefetchId, async () => picture);
  const taken = drafts.take(prefetchId, pictureId, never);
  await drafts.discard(prefetchId);
  expect(await taken).toMatchObject({ ok: true });
  expect(existsSync(path.join(folder, arrivedFile(pictureId)))).toBe(true);
});

test.each([
  ['fails', () => Promise.reject(new Error('no paint'))],
  ['has nothing', () => Promise.resolve(nothing)],
])('a painter that %s leaves nothing to take', async (_how, paint) => {
  drafts.begin(prefetchId, paint);
  expect(await drafts.take(prefetchId, pictureId, never)).toMatchObject({ ok: false });
  expect(leftOver()).toEqual([]);
});

test('one that cannot be put in its place is removed, and the picture is to be made', async () => {
  mkdirSync(path.join(folder, arrivedFile(pictureId)), { recursive: true });
  drafts.begin(prefetchId, async () => picture);
  expect(await drafts.take(prefetchId, pictureId, never)).toMatchObject({ ok: false });
  expect(leftOver()).toEqual([]);
});

test('what a process that died has left goes at the next start', () => {
  mkdirSync(path.join(folder, 'drafts'));
  for (const name of [prefetchFile(prefetchId), `${prefetchFile(pictureId)}.part`]) {
    writeFileSync(path.join(folder, name), bytes);
  }
  createPrefetches(folder);
  expect(leftOver()).toEqual([]);
});

test('it tells what it has cost and how long it took, which its bytes do not', async () => {
  drafts.begin(prefetchId, async () => ({ ...picture, costMicroUsd: 33_600, signature: 'signed' }));
  const taken = await drafts.take(prefetchId, pictureId, never);
  expect(taken).toMatchObject({ ok: true, facts: { costMicroUsd: 33_600, signature: 'signed' } });
});

test('where it failed, whoever takes it hears how', async () => {
  const failed = { ...failure('timed_out'), costMicroUsd: 33_600 };
  drafts.begin(prefetchId, async () => failed);
  expect(await drafts.take(prefetchId, pictureId, never)).toEqual({ ok: false, failure: failed });
});

test.each([
  [33_600, 'cancelled_late', 33_600],
  [null, 'cancelled_late', 0],
  [0, 'cancelled', null],
] as const)(
  'stopped when a picture for %s has come, it says what may be charged',
  async (price, code, cost) => {
    const stopping = new AbortController();
    drafts.begin(prefetchId, async () => ({ ...picture, costMicroUsd: price }));
    stopping.abort();
    expect(await drafts.take(prefetchId, pictureId, stopping.signal)).toMatchObject({
      ok: false,
      failure: { code, costMicroUsd: cost },
    });
  },
);

test('bytes that cannot be written are lost, and it says that they may have been paid for', async () => {
  mkdirSync(path.join(folder, prefetchFile(prefetchId)), { recursive: true });
  drafts.begin(prefetchId, async () => ({ ...picture, costMicroUsd: 33_600 }));
  expect(await drafts.take(prefetchId, pictureId, never)).toMatchObject({
    ok: false,
    failure: { code: 'picture_not_stored', costMicroUsd: 33_600 },
  });
});

test('what a message has taken over outlives the process that made it, alone', async () => {
  mkdirSync(path.join(folder, 'drafts'));
  for (const name of [prefetchFile(prefetchId), prefetchFile(pictureId)])
    writeFileSync(path.join(folder, name), bytes);
  const next = createPrefetches(folder, [prefetchId]);
  expect(leftOver()).toEqual([prefetchId]);
  expect(await next.take(prefetchId, pictureId, never)).toEqual({ ok: true, facts: null });
  expect(readFileSync(path.join(folder, arrivedFile(pictureId)))).toEqual(bytes);
  expect(await next.take(prefetchId, pictureId, never)).toMatchObject({ ok: false });
});
