import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { arrivedFile, draftFile } from '../../shared/picture-files';
import { temporaryFolder } from '../main/test-context';
import { createDrafts, type Drafts } from './drafts';

const draftId = '01930000-0000-7000-8000-0000000000d1';
const pictureId = '01930000-0000-7000-8000-0000000000ab';
const bytes = Buffer.from('a picture');
const never = new AbortController().signal;

let folder: string;
let drafts: Drafts;

beforeEach(() => {
  const temporary = temporaryFolder();
  onTestFinished(temporary.remove);
  folder = temporary.folder;
  drafts = createDrafts(folder);
});

function leftOver(): string[] {
  const where = path.join(folder, 'drafts');
  return existsSync(where) ? readdirSync(where) : [];
}

/** A painter that paints when it is told to, or stops when it is told to. */
function painter() {
  let end: (painted: Uint8Array | null) => void = () => {};
  const painted = new Promise<Uint8Array | null>((resolve) => {
    end = resolve;
  });
  const paint = (signal: AbortSignal) => {
    signal.addEventListener('abort', () => end(null));
    return painted;
  };
  return { paint, painted, finish: () => end(bytes) };
}

test('taken when it is done, its bytes are a picture that has arrived', async () => {
  drafts.begin(draftId, async () => bytes);
  expect(await drafts.take(draftId, pictureId, never)).toBe(true);
  expect(readFileSync(path.join(folder, arrivedFile(pictureId)))).toEqual(bytes);
  expect(leftOver()).toEqual([]);
});

test('taken while it is under way, it is waited for', async () => {
  const { paint, finish } = painter();
  drafts.begin(draftId, paint);
  const taken = drafts.take(draftId, pictureId, never);
  finish();
  expect(await taken).toBe(true);
  expect(existsSync(path.join(folder, arrivedFile(pictureId)))).toBe(true);
});

test('stopped by the person who waits for it, it stops too', async () => {
  drafts.begin(draftId, painter().paint);
  const stopping = new AbortController();
  const taken = drafts.take(draftId, pictureId, stopping.signal);
  stopping.abort();
  expect(await taken).toBe(false);
  expect(existsSync(path.join(folder, arrivedFile(pictureId)))).toBe(false);
});

test('discarded when it is done, nothing of it is left, and it can be taken no more', async () => {
  drafts.begin(draftId, async () => bytes);
  await drafts.discard(draftId);
  expect(leftOver()).toEqual([]);
  expect(await drafts.take(draftId, pictureId, never)).toBe(false);
});

test('discarded while it is under way, it stops, whether its painter heeds that or not', async () => {
  drafts.begin(draftId, painter().paint);
  await drafts.discard(draftId);
  const deaf = painter();
  drafts.begin(draftId, () => deaf.painted);
  const discarded = drafts.discard(draftId);
  deaf.finish();
  await discarded;
  expect(leftOver()).toEqual([]);
});

test('discarded once it has been taken, the picture stays', async () => {
  drafts.begin(draftId, async () => bytes);
  const taken = drafts.take(draftId, pictureId, never);
  await drafts.discard(draftId);
  expect(await taken).toBe(true);
  expect(existsSync(path.join(folder, arrivedFile(pictureId)))).toBe(true);
});

test.each([
  ['fails', () => Promise.reject(new Error('no paint'))],
  ['has nothing', () => Promise.resolve(null)],
])('a painter that %s leaves nothing to take', async (_how, paint) => {
  drafts.begin(draftId, paint);
  expect(await drafts.take(draftId, pictureId, never)).toBe(false);
  expect(leftOver()).toEqual([]);
});

test('one that cannot be put in its place is removed, and the picture is to be made', async () => {
  mkdirSync(path.join(folder, arrivedFile(pictureId)), { recursive: true });
  drafts.begin(draftId, async () => bytes);
  expect(await drafts.take(draftId, pictureId, never)).toBe(false);
  expect(leftOver()).toEqual([]);
});

test('what a process that died has left goes at the next start', () => {
  mkdirSync(path.join(folder, 'drafts'));
  for (const name of [draftFile(draftId), `${draftFile(pictureId)}.part`]) {
    writeFileSync(path.join(folder, name), bytes);
  }
  createDrafts(folder);
  expect(leftOver()).toEqual([]);
});
