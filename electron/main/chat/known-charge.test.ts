// A message about a request that was cut off says only what is known about its charge.
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { errorSentences, isErrorCode } from '../../../shared/domain/errors';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { builtInService, builtInServiceIds, newService } from '../../../shared/domain/services';
import type { Job } from '../../../shared/generator/jobs';
import { cutOff, type FailedJob, failedJob } from '../../../shared/generator/messages';
import { sayInEnglish, sentence } from '../../../shared/languages/sentence';
import type { ChargeEnd } from '../db/charges';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { startedJob } from '../test-support/test-messages';
import { settle } from './settle';

let chat: TestContext;

beforeEach(() => {
  chat = openTestContext();
  chat.world.provider = 'google';
});

/** Ends a job, and returns what its message says then. */
function end(job: Job, outcome: FailedJob) {
  settle(chat.context, { job, outcome, requestedAt: 77 });
  const message = chat.store.messages.find(job.jobId);
  return {
    status: message?.status,
    said: message?.error?.message,
    charged: chat.store.charges.find(job.requestId)?.amountMicroUsd,
  };
}

const charge = /charge/i;
const uncharged = /nothing was charged/i;

describe('a service of the user’s own', () => {
  beforeEach(() => {
    // A service of which the database has a row.
    const id = 'openai';
    const own = { ...newService(id, 'openai-compatible', 'Mine'), address: 'http://192.168.1.9:8000/v1' };
    useServiceDirectory([own]);
    onTestFinished(() => useServiceDirectory(builtInServiceIds.map(builtInService)));
    const active = chat.context.activeProvider();
    chat.context.activeProvider = () => ({ ...active, id, pictureModel: 'flux', textModel: 'llama' });
  });

  const texts = { picture: 'draw a fox', text: 'why is a fox red?' };
  const codes = Object.keys(errorSentences).filter(isErrorCode);
  const ends = codes.filter((code) => charge.test(errorSentences[code]) || code === 'cancelled_late');

  test.each((['picture', 'text'] as const).flatMap((kind) => ends.map((code) => ({ kind, code }))))(
    'charges nothing for a $kind that ends with $code, and nothing is said about a charge',
    ({ kind, code }) => {
      const job = startedJob(chat, { text: texts[kind] });
      expect(job.kind).toBe(kind);
      const { said, charged } = end(job, failedJob(job.jobId, code, 1, 0));
      expect(said?.replace(uncharged, '')).not.toMatch(charge);
      expect(charged ?? 0).toBe(0);
    },
  );

  test('has not charged for an answer that broke off, or that the end of the app has cut off', () => {
    const first = startedJob(chat, { text: texts.text });
    const broken = failedJob(first.jobId, 'connection_lost', 1, null, sentence('services.answer_broke_off'));
    expect(end(first, broken).said).toBe(sayInEnglish(sentence('chat.broke_off_free')));
    const second = startedJob(chat, { text: texts.text });
    expect(end(second, cutOff(second.jobId, true))).toMatchObject({
      status: 'cancelled',
      charged: undefined,
    });
  });
});

describe('a picture that was interrupted, whose request had ended before', () => {
  function interrupted(known: ChargeEnd | null) {
    const job = startedJob(chat);
    if (known) chat.store.transaction(() => chat.store.charges.end(job.requestId, known));
    return end(job, failedJob(job.jobId, 'interrupted', 0, 33_600));
  }

  test('without a charge says that', () => {
    const { status, said, charged } = interrupted({ state: 'failed', amountMicroUsd: 0 });
    expect([status, charged]).toEqual(['interrupted', 0]);
    expect(said).toMatch(uncharged);
  });

  test.each([41_000, null])(
    'with a picture says that it was charged, and keeps its cost of %s',
    (amountMicroUsd) => {
      const { said, charged } = interrupted({ state: 'made', amountMicroUsd });
      expect(said).toMatch(/was charged/);
      expect(charged).toBe(amountMicroUsd);
    },
  );

  test.each([41_000, null])(
    'in a way that may be charged keeps its possible cost of %s',
    (amountMicroUsd) => {
      const { said, charged } = interrupted({ state: 'failed', amountMicroUsd });
      expect(said).toMatch(/may already have been charged/);
      expect(charged).toBe(amountMicroUsd);
    },
  );

  test('and of which nothing is known may have been charged', () => {
    expect(interrupted(null)).toMatchObject({
      said: expect.stringMatching(/may already have been charged/),
      charged: 33_600,
    });
  });
});
