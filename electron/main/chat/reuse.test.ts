import { beforeEach, describe, expect, test } from 'vitest';
import type { PictureMessage } from '../../../shared/domain/conversations';
import type { Settings } from '../../../shared/domain/settings';
import { openPlain } from '../db/test-database';
import { drainBatch } from '../outbox/drain';
import { openTestContext, testDatabaseFile } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { type SendChanges, sent, storedPicture } from '../test-support/test-messages';
import { prefetch } from './prefetch';
import { reuseFromGallery } from './reuse';
import { settle } from './settle';

let chat: TestContext;
let file: string;

beforeEach(() => {
  file = testDatabaseFile();
  chat = openTestContext(file);
});

const draftText = { text: 'a red fox at dawn', mode: 'picture', aspectRatio: '3:2', seed: 7 } as const;

/** Sends a request. Returns the rows of its pictures after the gallery was searched, unless it must not be. */
function send(changes: SendChanges = {}): PictureMessage[] {
  const { messages } = sent(chat, { ...draftText, ...changes });
  const placeholders = messages.filter((message) => message.kind === 'image');
  expect(placeholders.map(({ status }) => status)).toEqual(placeholders.map(() => 'pending'));
  const fresh = new Set(chat.store.messages.unfinished().flatMap(({ id, isFresh }) => (isFresh ? [id] : [])));
  // The same choice as in the dispatcher.
  const sought = placeholders.filter(({ id }) => !fresh.has(id));
  const answered = reuseFromGallery(chat.context, sought);
  const rows = placeholders.flatMap(({ id }) => {
    const message = chat.store.messages.find(id);
    return message?.kind === 'image' ? [message] : [];
  });
  expect(rows.flatMap(({ id, status }) => (status === 'ready' ? [id] : []))).toEqual([...answered]);
  return rows;
}

/** Sends a request and makes its pictures. Returns their ids. */
function make(changes: SendChanges = {}): string[] {
  const ids = send({ fresh: true, ...changes }).map(({ id }) => id);
  for (const job of chat.waitingJobs().filter(({ jobId }) => ids.includes(jobId))) {
    const size = { width: 1536, height: 1024, file: `images/ab/${job.jobId}.webp` };
    const outcome = storedPicture(job, { ...size, costMicroUsd: 0 });
    settle(chat.context, { job, outcome, requestedAt: chat.world.now });
  }
  drainBatch(chat.context);
  return ids;
}

function setReuse(reusePictures: Settings['reusePictures']): void {
  chat.store.transaction(() => chat.store.settings.write({ reusePictures }));
}

function attempts(messageId: string | undefined): unknown[] {
  const database = openPlain(file);
  const rows = database
    .prepare(
      'SELECT outcome, duration_ms, cost_micro_usd, picture_id FROM image_generation_log WHERE message_id = ?',
    )
    .all(messageId);
  database.close();
  return rows;
}

function reusedIds(messages: readonly PictureMessage[]): (string | undefined)[] {
  return messages.map(({ reusedId }) => reusedId);
}

describe('a request with the recipe of an existing picture', () => {
  test('is answered by that picture without a job, and broadcast', () => {
    const [made] = make();
    const [answer] = send();
    expect(answer).toMatchObject({
      status: 'ready',
      reusedId: made,
      image: { width: 1536, height: 1024, bytes: 54_321, thumbhash: 'AAH+/w==' },
      durationMs: 0,
      costMicroUsd: 0,
    });
    expect(answer?.id).not.toBe(made);
    expect(chat.store.messages.imageFile(answer?.id ?? '')).toBe(`images/ab/${made}.webp`);
    expect(chat.waitingJobs()).toEqual([]);
    expect(chat.broadcasts['message:updated'].at(-1)).toEqual(answer);
  });

  test('adds nothing to the gallery and one attempt with the picture’s id to the log', () => {
    const [made] = make();
    expect(chat.store.generationLog.count()).toBe(1);
    const [answer] = send();
    drainBatch(chat.context);
    expect(chat.store.userImages.count()).toBe(1);
    expect(chat.store.generationLog.count()).toBe(2);
    expect(attempts(answer?.id)).toEqual([
      { outcome: 'ready', duration_ms: 0, cost_micro_usd: 0, picture_id: made },
    ]);
    expect(attempts(made)).toMatchObject([{ picture_id: null }]);
    expect(chat.store.charges.ofMessage(answer?.id ?? '')).toEqual([]);
    expect(chat.store.outbox.count()).toBe(0);
  });

  test('matches with other white space, and with a seed that was random the first time', () => {
    chat.world.random = 7 / 2 ** 31;
    const [made] = make({ text: 'a  red fox\nat dawn ', seed: undefined });
    expect(reusedIds(send({ text: ' a red fox at\tdawn' }))).toEqual([made]);
  });

  test.each<[string, SendChanges]>([
    ['different text', { text: 'a red fox at dusk' }],
    ['a space removed', { text: 'a redfox at dawn' }],
    ['a capital letter', { text: 'A red fox at dawn' }],
    ['another aspect ratio', { aspectRatio: '1:1' }],
    ['another seed', { seed: 8 }],
    ['no seed', { seed: undefined }],
    ['a request for a new picture', { fresh: true }],
  ])('does not match with %s', (_difference, changes) => {
    make();
    expect(reusedIds(send(changes))).toEqual([undefined]);
    expect(chat.waitingJobs()).toHaveLength(1);
  });

  test('does not match at another provider', () => {
    make();
    chat.world.provider = 'google';
    expect(reusedIds(send())).toEqual([undefined]);
  });

  test('is matched separately for each of its pictures', () => {
    const [first, second] = make({ count: 2 });
    expect(reusedIds(send({ count: 3 }))).toEqual([first, second, undefined]);
    expect(chat.waitingJobs().map((job) => job.kind === 'picture' && job.params.seed)).toEqual([9]);
  });

  test('is answered by the newest of several pictures', () => {
    make();
    const [newer] = make();
    expect(reusedIds(send())).toEqual([newer]);
  });

  test('is not answered by a picture in Trash or without its file', () => {
    const [older] = make();
    const [newer] = make();
    chat.world.hasFile = (file) => !file.includes(String(newer));
    expect(reusedIds(send())).toEqual([older]);
    chat.store.trash.add(String(older), 1);
    expect(reusedIds(send())).toEqual([undefined]);
  });

  test('is not answered by a picture that has just left the gallery', () => {
    const [made] = make();
    const [pending] = send({ fresh: true });
    chat.store.trash.add(String(made), 1);
    expect(chat.store.messages.setReused(pending?.id ?? '', String(made), 1)).toBe(false);
    expect(chat.store.messages.find(pending?.id ?? '')?.status).toBe('pending');
  });

  test('is not prefetched', () => {
    make();
    prefetch(chat.context, draftText);
    expect(chat.prefetches.started).toEqual([]);
    prefetch(chat.context, { ...draftText, seed: 8 });
    expect(chat.prefetches.started).toHaveLength(1);
  });

  test('is answered once', () => {
    const [made] = make();
    const [answer] = send();
    expect(chat.store.messages.setReused(answer?.id ?? '', String(made), 99)).toBe(false);
  });
});

describe('the setting reusePictures', () => {
  test('same-prompt matches any seed, and gives several different pictures', () => {
    setReuse('same-prompt');
    const [first] = make();
    const [second] = make({ seed: 8 });
    expect(reusedIds(send({ seed: undefined, count: 3 }))).toEqual([second, first, undefined]);
    expect(reusedIds(send({ seed: 7 }))).toEqual([first]);
    expect(reusedIds(send({ seed: 9 }))).toEqual([undefined]);
  });

  test('same-prompt also matches for a provider without seeds', () => {
    setReuse('same-prompt');
    chat.world.provider = 'google';
    const [made] = make();
    expect(reusedIds(send())).toEqual([made]);
  });

  test('requests every picture if the setting is never', () => {
    setReuse('never');
    make();
    expect(reusedIds(send())).toEqual([undefined]);
  });
});
