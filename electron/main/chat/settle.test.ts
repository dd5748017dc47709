import { beforeEach, describe, expect, test } from 'vitest';
import { messageStatuses } from '../../../shared/domain/conversations';
import type { ErrorCode } from '../../../shared/domain/errors';
import { failedJob, type Outcome } from '../../../shared/generator/messages';
import { sentence } from '../../../shared/languages/sentence';
import { newId } from '../db/new-id';
import { openPlain } from '../db/test-database';
import { openTestContext, testDatabaseFile } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import {
  type SendChanges,
  startedJob as start,
  storedPicture as stored,
} from '../test-support/test-messages';
import { settle } from './settle';

let chat: TestContext;
let file: string;

beforeEach(() => {
  file = testDatabaseFile();
  chat = openTestContext(file);
});

/** Sends a message. Returns its job, whose row is generating. */
function startedJob(changes?: SendChanges) {
  const job = start(chat, changes);
  chat.broadcasts['message:updated'].length = 0;
  return job;
}

function outbox(): { kind: string; row: unknown }[] {
  return chat.store.outbox.oldest(100).map(({ kind, payload }) => ({ kind, row: JSON.parse(payload) }));
}

describe('a stored picture', () => {
  test('with an unknown price is logged and broadcast without one', () => {
    const job = startedJob();
    const outcome = stored(job, { costMicroUsd: null });
    expect(settle(chat.context, { job, outcome, requestedAt: 77 })).toBe(true);
    expect(outbox()).toMatchObject([{ row: { outcome: 'ready', costMicroUsd: null } }, {}]);
    expect(chat.broadcasts['message:updated'].at(-1)).toMatchObject({ durationMs: 1235, costMicroUsd: null });
  });

  test('says which settings the service left out', () => {
    const job = startedJob();
    const warnings = ['xAI does not support seeds.'];
    settle(chat.context, { job, outcome: stored(job, { warnings, height: 1024 }), requestedAt: 77 });
    const notes = [{ code: 'settings_left_out', sentences: warnings }];
    expect(chat.store.messages.find(job.jobId)).toMatchObject({ status: 'ready', notes });
    expect(chat.broadcasts['message:updated'].at(-1)).toMatchObject({ notes });
  });

  test('says what was not drawn besides which settings were left out', () => {
    const job = startedJob({ text: 'draw a fox on a bicycle', options: { quality: 'high' } });
    const before = chat.store.messages.find(job.jobId);
    const notes = [{ code: 'not_drawn', words: ['bicycle'] }, { code: 'settings_left_out' }];
    expect(before).toMatchObject({ notes });
    settle(chat.context, { job, outcome: stored(job, { height: 1024 }), requestedAt: 77 });
    expect(chat.store.messages.find(job.jobId)).toMatchObject({ status: 'ready', notes });
  });

  test('says that it has another shape than the one asked for, besides what was left out', () => {
    const job = startedJob();
    const warnings = ['xAI does not support seeds.'];
    settle(chat.context, { job, outcome: stored(job, { warnings }), requestedAt: 77 });
    const notes = [
      { code: 'settings_left_out', sentences: warnings },
      { code: 'other_shape', asked: { aspectRatio: '1:1' }, got: { width: 1024, height: 768 } },
    ];
    expect(chat.store.messages.find(job.jobId)).toMatchObject({ notes });
    expect(chat.broadcasts['message:updated'].at(-1)).toMatchObject({ notes });
  });

  test('is ready, with a log and a gallery entry in the outbox', () => {
    const job = startedJob();
    const requestedAt = chat.world.now;
    chat.world.now += 500;
    expect(settle(chat.context, { job, outcome: stored(job), requestedAt: 77 })).toBe(true);
    expect(chat.store.messages.find(job.jobId)).toMatchObject({
      status: 'ready',
      error: null,
      updatedAt: chat.world.now,
      image: { width: 1024, height: 768, bytes: 54_321, thumbhash: 'AAH+/w==' },
    });
    expect(chat.store.messages.imageFile(job.jobId)).toBe(`images/ab/${job.jobId}.png`);
    expect(outbox()).toEqual([
      {
        kind: 'attempt',
        row: {
          id: expect.any(String),
          messageId: job.jobId,
          provider: 'painter',
          model: 'painter-1',
          outcome: 'ready',
          errorCode: null,
          requestedAt,
          durationMs: 1235,
          costMicroUsd: 33_600,
        },
      },
      {
        kind: 'user-image',
        row: {
          id: job.jobId,
          messageId: job.jobId,
          file: `images/ab/${job.jobId}.png`,
          width: 1024,
          height: 768,
          bytes: 54_321,
          thumbhash: 'AAH+/w==',
          prompt: 'a fox',
          provider: 'painter',
          model: 'painter-1',
          params: JSON.stringify({ aspectRatio: '1:1', seed: 2 ** 30 }),
          createdAt: chat.world.now,
          parentId: null,
        },
      },
    ]);
  });

  test('is broadcast once, with duration and cost that are not in the log yet', () => {
    const job = startedJob();
    settle(chat.context, { job, outcome: stored(job), requestedAt: 77 });
    expect(chat.store.messages.find(job.jobId)).toMatchObject({ durationMs: null, costMicroUsd: null });
    expect(chat.broadcasts['message:updated']).toEqual([
      { ...chat.store.messages.find(job.jobId), durationMs: 1235, costMicroUsd: 33_600 },
    ]);
    expect(chat.broadcasts['gallery:added']).toEqual([]);
  });

  test('is neither ready nor broadcast if its outbox entries cannot be written', () => {
    const job = startedJob();
    const before = chat.store.messages.find(job.jobId);
    const database = openPlain(file);
    database.exec(`CREATE TRIGGER full_disk BEFORE INSERT ON outbox WHEN NEW.kind = 'user-image'
      BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
    database.close();
    const ended = { job, outcome: stored(job), requestedAt: 77 };
    expect(() => settle(chat.context, ended)).toThrow('the disk is full');
    expect(chat.store.messages.find(job.jobId)).toEqual(before);
    expect(chat.store.outbox.count()).toBe(0);
    expect(chat.broadcasts['message:updated']).toEqual([]);
  });
});

describe('a failure', () => {
  test.each<[ErrorCode, string]>([
    ['refused', 'failed'],
    ['timed_out', 'interrupted'],
    ['connection_lost', 'interrupted'],
    ['rate_limited', 'failed'],
    ['generator_stopped', 'failed'],
    ['picture_not_stored', 'failed'],
    ['cancelled', 'cancelled'],
    ['cancelled_late', 'cancelled'],
    ['interrupted', 'interrupted'],
  ])('with code %s ends the picture as %s, with one log entry', (code, status) => {
    const job = startedJob();
    const precise = { message: 'The provider’s own text.', sentence: sentence('services.web_page') };
    const outcome = { ...failedJob(job.jobId, code, 99.5, 400), ...precise };
    expect(settle(chat.context, { job, outcome, requestedAt: 77 })).toBe(true);
    const message = chat.store.messages.find(job.jobId);
    expect(message).toMatchObject({
      status,
      error: { code, ...precise },
      image: null,
    });
    expect(chat.broadcasts['message:updated']).toEqual([message]);
    expect(outbox()).toEqual([
      {
        kind: 'attempt',
        row: expect.objectContaining({
          messageId: job.jobId,
          outcome: status,
          errorCode: code,
          requestedAt: chat.world.now,
          durationMs: 100,
          costMicroUsd: 400,
        }),
      },
    ]);
  });

  test('that cannot have been charged has no cost', () => {
    const job = startedJob();
    settle(chat.context, { job, outcome: failedJob(job.jobId, 'connection_lost', 1), requestedAt: 77 });
    expect(outbox()).toMatchObject([{ row: { outcome: 'failed', costMicroUsd: null } }]);
  });
});

describe('a text reply', () => {
  test('is ready and adds nothing to the outbox', () => {
    const job = startedJob({ text: '/image' });
    const outcome: Outcome = {
      type: 'replied',
      jobId: job.jobId,
      text: 'Pictures.',
      pictures: [],
      costMicroUsd: 0,
    };
    expect(settle(chat.context, { job, outcome, requestedAt: 77 })).toBe(true);
    const message = chat.store.messages.find(job.jobId);
    expect(message).toMatchObject({ kind: 'text', status: 'ready', text: 'Pictures.' });
    expect(chat.broadcasts['message:updated']).toEqual([message]);
    expect(chat.store.outbox.count()).toBe(0);
  });

  test('that failed adds nothing to the outbox', () => {
    const job = startedJob({ text: '/image' });
    const outcome = failedJob(job.jobId, 'generator_stopped', 5);
    expect(settle(chat.context, { job, outcome, requestedAt: 77 })).toBe(true);
    expect(chat.store.messages.find(job.jobId)).toMatchObject({
      status: 'failed',
      error: { code: 'generator_stopped' },
    });
    expect(chat.store.outbox.count()).toBe(0);
  });
});

describe('settle changes no message', () => {
  test('if the job has already ended', () => {
    const job = startedJob();
    settle(chat.context, { job, outcome: failedJob(job.jobId, 'cancelled', 1), requestedAt: 77 });
    const message = chat.store.messages.find(job.jobId);
    for (const outcome of [stored(job), failedJob(job.jobId, 'timed_out', 2)]) {
      expect(settle(chat.context, { job, outcome, requestedAt: 88 })).toBe(false);
    }
    expect(chat.store.messages.find(job.jobId)).toEqual(message);
    expect(chat.store.outbox.count()).toBe(1);
    expect(chat.broadcasts['message:updated']).toHaveLength(1);
  });

  test.each(messageStatuses.filter((status) => !['pending', 'generating', 'streaming'].includes(status)))(
    'if the row is already %s',
    (status) => {
      const job = startedJob();
      chat.store.messages.setEnded(job.jobId, status, { code: 'internal', message: 'Before.' }, 5);
      const message = chat.store.messages.find(job.jobId);
      expect(message?.status).toBe(status);
      expect(settle(chat.context, { job, outcome: stored(job), requestedAt: 77 })).toBe(false);
      expect(chat.store.messages.find(job.jobId)).toEqual(message);
      expect(chat.store.outbox.count()).toBe(0);
    },
  );

  test('if the row does not exist', () => {
    const job = { ...startedJob(), jobId: newId() };
    expect(settle(chat.context, { job, outcome: stored(job), requestedAt: 77 })).toBe(false);
    expect(chat.store.outbox.count()).toBe(0);
    expect(chat.broadcasts['message:updated']).toEqual([]);
  });
});
