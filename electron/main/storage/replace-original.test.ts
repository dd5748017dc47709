import { beforeEach, expect, test, vi } from 'vitest';
import { settle } from '../chat/settle';
import { newId } from '../db/new-id';
import { drainBatch } from '../outbox/drain';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { startedJob, storedPicture } from '../test-support/test-messages';
import { replaceOriginal } from './replace-original';

let chat: TestContext;
let id: string;

beforeEach(() => {
  chat = openTestContext();
  const job = startedJob(chat);
  id = job.jobId;
  const outcome = storedPicture(job, { file: `images/a0/${id}.png`, bytes: 1000 });
  settle(chat.context, { job, outcome, requestedAt: 1 });
});

const display = () =>
  ({ type: 'derived', jobId: id, file: `images/a0/${id}.display.webp`, bytes: 90 }) as const;
const files = () => [chat.store.messages.imageFile(id), chat.store.userImages.file(id)];

test('switches both rows to the display file', () => {
  drainBatch(chat.context);
  chat.store.settings.write({ keepOriginals: false });
  expect(replaceOriginal(chat.store, chat.outbox, display())).toBe(true);
  expect(files()).toEqual([display().file, display().file]);
  expect(chat.store.messages.find(id)).toMatchObject({ image: { bytes: 90 } });
});

test('changes nothing if originals are kept', () => {
  drainBatch(chat.context);
  chat.store.settings.write({ keepOriginals: true });
  expect(replaceOriginal(chat.store, chat.outbox, display())).toBe(false);
  expect(files()).toEqual([`images/a0/${id}.png`, `images/a0/${id}.png`]);
});

test('also replaces a picture that the gallery does not have yet', () => {
  chat.store.settings.write({ keepOriginals: false });
  expect(chat.store.userImages.file(id)).toBeUndefined();
  expect(replaceOriginal(chat.store, chat.outbox, display())).toBe(true);
  expect(files()).toEqual([display().file, display().file]);
});

test('changes nothing if the rows cannot be written, and all of it when the generator says it again', () => {
  chat.store.settings.write({ keepOriginals: false });
  const logged = vi.spyOn(console, 'error').mockReturnValueOnce();
  const { batch } = chat.store;
  chat.store.batch = () => {
    throw new Error('full');
  };
  expect(replaceOriginal(chat.store, chat.outbox, display())).toBe(false);
  expect(logged).toHaveBeenCalledOnce();
  chat.store.batch = batch;
  expect(chat.store.messages.imageFile(id)).toBe(`images/a0/${id}.png`);
  expect(replaceOriginal(chat.store, chat.outbox, display())).toBe(true);
  expect(files()).toEqual([display().file, display().file]);
});

test('changes nothing for a picture that is gone', () => {
  chat.store.settings.write({ keepOriginals: false });
  expect(replaceOriginal(chat.store, chat.outbox, { ...display(), jobId: newId() })).toBe(false);
  expect(files()).toEqual([`images/a0/${id}.png`, `images/a0/${id}.png`]);
});
