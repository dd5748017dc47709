// The rows and the money of an answer with several pictures.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../shared/domain/answers';
import type { Message } from '../../../shared/domain/conversations';
import type { Job } from '../../../shared/generator/jobs';
import { failedJob, type Outcome } from '../../../shared/generator/messages';
import { newId } from '../db/new-id';
import { committedRows, openBilledChat } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { sent, startedJob, storedPicture } from '../test-support/test-messages';
import { jobFor, recoveryOf } from './job-for';
import { markGenerating } from './mark-generating';
import { retry } from './retry-and-cancel';
import { settle } from './settle';

let chat: TestContext;
let file: string;

beforeEach(() => {
  ({ chat, file } = openBilledChat());
});

const ledger = () =>
  committedRows<{ id: string; state: string; amount_micro_usd: number | null }>(
    file,
    'SELECT id, kind, message_id, state, amount_micro_usd FROM charges ORDER BY rowid',
  );
const logged = () =>
  chat.store.outbox
    .oldest(100)
    .map(({ kind, payload }) => ({ kind, row: JSON.parse(payload) }))
    .filter(({ kind }) => kind === 'attempt')
    .map(({ row }) => row.costMicroUsd);

/** An answer of 100 micro-dollars, of which the first picture, or the words of a reply, have 34. */
function answerOf(changes: Partial<Answer> = {}): Answer {
  const size = { width: 1536, height: 1024 };
  const parts = [33, 33].map((costMicroUsd) => ({ id: newId(), costMicroUsd, size }));
  return { costMicroUsd: 100, parts, lost: 0, ...changes };
}

function end(job: Job, outcome: Outcome): void {
  expect(settle(chat.context, { job, outcome, requestedAt: 77 })).toBe(true);
}

/** The job by which the dispatcher finds a part's bytes. */
function recoveryOfPart(id: string): Job {
  const message = chat.store.messages.find(id);
  if (!message) throw new Error('There is no row.');
  return recoveryOf(chat.context, message);
}

const conversationOf = ({ jobId }: Job): Message[] => {
  const { conversationId = '' } = chat.store.messages.find(jobId) ?? {};
  return chat.store.messages.page(conversationId, null, 100).messages;
};

describe('an answer of three pictures', () => {
  test('becomes rows of one group, in its order, which wait for bytes and not for requests', () => {
    const job = startedJob(chat, { text: 'draw a fox', aspectRatio: '3:2' });
    const answer = answerOf({ words: 'Three foxes.', lost: 2 });
    end(job, storedPicture(job, { costMicroUsd: 34, answer, width: 1536, height: 1024 }));
    const [, first, ...others] = conversationOf(job);
    expect(first).toMatchObject({
      ...{ id: job.jobId, status: 'ready' },
      notes: [
        { code: 'answer_words', text: 'Three foxes.' },
        { code: 'answer_incomplete', lost: 2 },
      ],
    });
    expect(first).not.toHaveProperty('isPart');
    expect(others).toEqual(chat.broadcasts['messages:added'][0]);
    expect(others).toMatchObject(
      answer.parts.map(({ id }) => ({
        ...{ id, kind: 'image', status: 'generating', prompt: 'a fox', provider: 'google', isPart: true },
        ...{ groupId: first?.kind === 'image' && first.groupId, params: { aspectRatio: '3:2' } },
      })),
    );
    for (const { id } of answer.parts) {
      expect(recoveryOfPart(id)).toMatchObject({ kind: 'recover', jobId: id, requestId: id });
    }
  });

  test('has one charge, and each picture its share of it', () => {
    const job = startedJob(chat);
    const answer = answerOf();
    end(job, storedPicture(job, { costMicroUsd: 34, answer }));
    for (const { id, costMicroUsd } of answer.parts) {
      const part = recoveryOfPart(id);
      end(part, storedPicture(part, { costMicroUsd }));
    }
    expect(ledger()).toMatchObject([{ id: job.requestId, state: 'made', amount_micro_usd: 100 }]);
    expect(logged()).toEqual([34, 33, 33]);
    expect(chat.store.charges.spent(0)).toBe(100);
  });

  test('of unknown price has one charge of unknown price', () => {
    const job = startedJob(chat);
    const answer = answerOf({ costMicroUsd: null });
    end(job, storedPicture(job, { costMicroUsd: null, answer }));
    expect(ledger()).toMatchObject([{ amount_micro_usd: null, state: 'made' }]);
  });

  test('whose first cannot be opened keeps the others, and is charged whole', () => {
    const job = startedJob(chat);
    const answer = answerOf();
    const failure = failedJob(job.jobId, 'unreadable_picture', 5, 34);
    end(job, { ...failure, kept: true, answer });
    expect(conversationOf(job).map(({ status }) => status)).toEqual([
      'ready',
      'failed',
      'generating',
      'generating',
    ]);
    expect(ledger()).toMatchObject([{ id: job.requestId, state: 'failed', amount_micro_usd: 100 }]);
  });

  test('joins no message that ended before', () => {
    const job = startedJob(chat);
    const ended = { job, outcome: storedPicture(job, { answer: answerOf() }), requestedAt: 77 };
    settle(chat.context, ended);
    const rows = conversationOf(job).length;
    expect(settle(chat.context, { ...ended, outcome: storedPicture(job, { answer: answerOf() }) })).toBe(
      false,
    );
    expect(conversationOf(job)).toHaveLength(rows);
  });
});

describe('an answer that comes after a later question was edited', () => {
  const conversation = (job: Job) => chat.store.messages.find(job.jobId)?.conversationId ?? '';
  const shownIds = (conversationId: string) =>
    chat.store.messages.page(conversationId, null, 100).messages.map(({ id }) => id);

  test('is shown with all of its pictures', () => {
    const job = startedJob(chat);
    const conversationId = conversation(job);
    const later = sent(chat, { conversationId, text: 'draw an owl' }).messages[0]?.id ?? '';
    sent(chat, { conversationId, text: 'draw a wolf', edits: later });
    const answer = answerOf();
    end(job, storedPicture(job, { costMicroUsd: 34, answer }));
    const ids = answer.parts.map(({ id }) => id);
    expect(shownIds(conversationId)).toEqual(expect.arrayContaining([job.jobId, ...ids]));
    expect(shownIds(conversationId)).not.toContain(later);
  });

  test('stays out of sight if its own question was edited', () => {
    const job = startedJob(chat);
    const conversationId = conversation(job);
    const [question] = chat.store.messages.page(conversationId, null, 100).messages;
    sent(chat, { conversationId, text: 'draw a wolf', edits: question?.id ?? '' });
    const answer = answerOf();
    end(job, storedPicture(job, { costMicroUsd: 34, answer }));
    for (const { id } of answer.parts) expect(shownIds(conversationId)).not.toContain(id);
  });
});

describe('a part that failed', () => {
  function failedPart(): { id: string; first: Job } {
    const first = startedJob(chat);
    const answer = answerOf();
    end(first, storedPicture(first, { costMicroUsd: 34, answer }));
    const id = answer.parts[0]?.id ?? '';
    end(recoveryOfPart(id), failedJob(id, 'picture_not_stored', 5, 33));
    return { id, first };
  }

  test('adds no charge, whatever it says it may have cost', () => {
    const { first } = failedPart();
    expect(ledger()).toMatchObject([{ id: first.requestId, amount_micro_usd: 100 }]);
  });

  test('is retried from its bytes if they are on disk, without a charge', () => {
    const { id, first } = failedPart();
    retry(chat.context, id);
    chat.world.hasFile = (name) => name === `arrived/${id}`;
    const message = chat.store.messages.find(id);
    const job = message && jobFor(chat.context, message);
    expect(job).toMatchObject({ kind: 'recover', requestId: id });
    if (!job) return;
    expect(markGenerating(chat.context, job, 80)).toBe(true);
    end(job, storedPicture(job, { costMicroUsd: 33 }));
    expect(ledger()).toMatchObject([{ id: first.requestId }]);
  });

  test('is charged for a request of its own when it is retried without bytes', () => {
    const { id, first } = failedPart();
    retry(chat.context, id);
    const message = chat.store.messages.find(id);
    const job = message && jobFor(chat.context, message);
    if (!job) throw new Error('It does not wait.');
    expect(markGenerating(chat.context, job, 80)).toBe(true);
    end(job, storedPicture(job, { costMicroUsd: 7 }));
    expect(ledger()).toMatchObject([{ id: first.requestId }, { id: job.requestId, amount_micro_usd: 7 }]);
  });
});

describe('a reply that contains pictures', () => {
  test('is followed by them, with the user’s words as their prompt and the shape that they have', () => {
    const job = startedJob(chat, { text: 'how does a fox look?', mode: 'auto' });
    expect(job.kind).toBe('text');
    const answer = answerOf();
    end(job, {
      type: 'replied',
      jobId: job.jobId,
      text: 'Like this.',
      pictures: [],
      costMicroUsd: 100,
      answer,
    });
    const [, reply, ...pictures] = conversationOf(job);
    // The words are a part of the answer, too: the shares of all parts are the charge.
    expect(reply).toMatchObject({ kind: 'text', text: 'Like this.', costMicroUsd: 34 });
    expect(pictures).toMatchObject(
      answer.parts.map(({ id }) => ({ id, prompt: 'how does a fox look?', params: { aspectRatio: '3:2' } })),
    );
    expect(new Set(pictures.map((picture) => picture.kind === 'image' && picture.groupId)).size).toBe(1);
    for (const { id, costMicroUsd } of answer.parts) {
      const part = recoveryOfPart(id);
      end(part, storedPicture(part, { costMicroUsd }));
    }
    expect(ledger()).toMatchObject([{ id: job.requestId, kind: 'text', amount_micro_usd: 100 }]);
  });
});
