import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { RequestInput } from '../../../shared/contract';
import { failure } from '../../../shared/domain/errors';
import type { Suggestion } from '../../../shared/domain/suggestions';
import type { TextService } from '../../../shared/domain/text-service';
import type { TextJob } from '../../../shared/generator/jobs';
import { failedJob, type Outcome } from '../../../shared/generator/messages';
import { endCharge } from '../chat/end-charge';
import { withPossibleCost } from '../chat/possible-cost';
import { createReplyStream } from '../chat/reply-stream';
import { createAttempts } from '../db/attempts';
import { newId } from '../db/new-id';
import { createUnsavedEnds } from '../generation/unsaved-ends';
import { createUnsavedWork } from '../generation/unsaved-work';
import { testDatabaseFile } from '../test-support/open-test-context';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { createSuggestions, type Suggestions } from './suggestions';

const conversationId = newId();
const gemini: TextService = { serviceId: 'google', model: 'gemini-3.8-flash' };

let file: string;
let world: World;
let service: TextService | null;
let isOverCap: boolean;

beforeEach(() => {
  file = testDatabaseFile();
  service = gemini;
  isOverCap = false;
  world = start();
});

type World = {
  chat: TestContext;
  suggestions: Suggestions;
  jobs: TextJob[];
  stopped: string[];
  end: (outcome: Outcome) => Promise<void>;
  receive: (jobId: string, text: string) => void;
  fire: () => void;
  errors: unknown[];
};

/** The app with this database. It begins its work at once, as it does after each reply. */
function start(later: (work: () => void) => void = (work) => work()): World {
  const chat = createTestContext(file);
  onTestFinished(() => chat.store.close());
  const { store, broadcast } = chat.context;
  const now = () => chat.world.now;
  const jobs: TextJob[] = [];
  const stopped: string[] = [];
  const errors: unknown[] = [];
  const ends = new Map<string, (outcome: Outcome) => void>();
  let timers: (() => void)[] = [];
  const after = (_milliseconds: number, work: () => void) => void timers.push(work);
  const onWriteError = (error: unknown) => void errors.push(error);
  const replies = createReplyStream({ store, broadcast, now }, { after, onWriteError });
  const attempt = createAttempts({ onWriteError, after }, () => unsavedEnds.saveAll());
  const unsavedEnds = createUnsavedEnds(attempt, createUnsavedWork());
  const suggestions = createSuggestions({
    ...{ store, broadcast, now, replies },
    saveEnd: unsavedEnds.save,
    chooseService: () => service,
    refusalOf: ({ id }) => (isOverCap ? failedJob(id, 'cap_reached', 0) : null),
    referenceTo: (imageId) =>
      imageId === conversationId
        ? undefined
        : { imageId, file: `images/${imageId}.png`, prompt: 'a fox', signature: 'secret' },
    run(job) {
      jobs.push(job);
      return new Promise((resolve) => void ends.set(job.jobId, resolve));
    },
    stop: (jobId) => void stopped.push(jobId),
    endCharge: (ended, received) =>
      endCharge(
        store,
        withPossibleCost(ended, () => received, now()),
      ),
    concealPrompt: () => {},
    onWriteError,
    later,
  });
  suggestions.recover();
  return {
    ...{ chat, suggestions, jobs, stopped, errors },
    async end(outcome) {
      ends.get(outcome.jobId)?.(outcome);
      await new Promise(setImmediate);
    },
    receive: (jobId, text) => replies.receive({ type: 'text', jobId, text }),
    fire() {
      const due = timers;
      timers = [];
      for (const work of due) work();
    },
  };
}

function improvement(changes: Partial<RequestInput<'suggestions:ask'> & { text: string }> = {}) {
  return {
    ...{ id: newId(), conversationId, kind: 'improve', text: 'a fox', attached: 0 },
    ...changes,
  } as RequestInput<'suggestions:ask'>;
}

/** Asks, and must not be refused. */
function asked(input: RequestInput<'suggestions:ask'> = improvement()): Suggestion {
  const reply = world.suggestions.ask(input);
  if (!reply.ok) throw new Error(reply.code);
  return reply.value;
}

function replied(jobId: string, text: string, costMicroUsd: number | null = 750): Outcome {
  return { type: 'replied', jobId, text, pictures: [], costMicroUsd };
}

const rowOf = (id: string) => world.chat.store.suggestions.find(id);
const charge = (id: string) => world.chat.store.charges.find(id);
const spent = () => world.chat.store.charges.spent(0);

describe('a request', () => {
  test('has its row and its charge before it leaves', () => {
    const { id } = asked();
    expect(rowOf(id)).toMatchObject({ status: 'running', original: 'a fox', provider: 'google' });
    expect(charge(id)).toMatchObject({ id, messageId: null, amountMicroUsd: null });
    expect(world.jobs).toMatchObject([
      { jobId: id, requestId: id, ...{ provider: 'google', model: 'gemini-3.8-flash' }, text: 'a fox' },
    ]);
  });

  test('sent twice leaves once', () => {
    const input = improvement();
    expect(asked(input)).toEqual(asked(input));
    expect(world.jobs).toHaveLength(1);
  });

  test.each([
    ['no service that writes', null, false, 'no_text_model'],
    ['the cap reached', gemini, true, 'cap_reached'],
  ] as const)('with %s is refused, and leaves neither a row nor a charge', (_what, found, over, code) => {
    service = found;
    isOverCap = over;
    const input = improvement();
    expect(world.suggestions.ask(input)).toMatchObject({ ok: false, code });
    expect([rowOf(input.id), charge(input.id), world.jobs]).toEqual([undefined, undefined, []]);
  });

  test('for a picture that is gone, or that no model sees, is refused', () => {
    const input = { id: newId(), conversationId, kind: 'describe', imageId: conversationId } as const;
    expect(world.suggestions.ask(input)).toEqual(failure('not_found'));
    service = null;
    expect(world.suggestions.ask({ ...input, imageId: newId() })).toEqual(failure('no_seeing_model'));
    expect(world.jobs).toEqual([]);
  });

  test('about a picture sends its file without a signature, so that no metadata goes along', () => {
    const imageId = newId();
    asked({ id: newId(), conversationId, kind: 'describe', imageId });
    expect(world.jobs).toMatchObject([
      { text: '', suggestion: { kind: 'describe' }, references: [{ imageId, prompt: '', signature: null }] },
    ]);
  });

  test('has marks instead of the pattern', () => {
    asked(improvement({ text: '{red|blue} fox' }));
    expect(world.jobs[0]).toMatchObject({
      text: '⟦1⟧ fox',
      suggestion: { kind: 'improve', parts: ['{red|blue}'] },
    });
  });
});

describe('an answer', () => {
  test('is in its row, cleaned and with its pattern, and its charge has its cost', async () => {
    const { id } = asked(improvement({ text: '{red|blue} fox' }));
    world.receive(id, '"A ⟦1⟧ fo');
    expect(rowOf(id)).toMatchObject({ status: 'running', text: '"A {red|blue} fo' });
    expect(world.chat.broadcasts['suggestion:text']).toEqual([
      { id, conversationId, text: '"A {red|blue} fo' },
    ]);
    await world.end(replied(id, '"A ⟦1⟧ fox"'));
    const ended = { status: 'ready', text: 'A {red|blue} fox', costMicroUsd: 750, error: null };
    expect(rowOf(id)).toMatchObject(ended);
    expect(world.chat.broadcasts['suggestion:changed'].at(-1)).toMatchObject(ended);
    expect(spent()).toBe(750);
  });

  test('without a prompt is a failure that has cost something', async () => {
    const { id } = asked();
    await world.end(replied(id, '<think>A fox.</think>'));
    expect(rowOf(id)).toMatchObject({ status: 'failed', error: { code: 'no_reply' }, costMicroUsd: 750 });
  });

  test('that was not seen is there after a restart, also in a new chat without a draft', async () => {
    const { id } = asked();
    await world.end(replied(id, 'A red fox'));
    world = start();
    const other = newId();
    expect(world.suggestions.list(other, false)).toEqual([]);
    expect(world.suggestions.list(other, true)).toMatchObject([{ id, text: 'A red fox', status: 'ready' }]);
    expect(world.suggestions.list(other, false)).toHaveLength(1);
  });

  test('of this run stays with its new chat', async () => {
    const { id } = asked();
    await world.end(replied(id, 'A red fox'));
    expect(world.suggestions.list(newId(), true)).toEqual([]);
    expect(world.suggestions.list(conversationId, true)).toMatchObject([{ id }]);
  });

  test('that cannot be written is written later', async () => {
    const { id } = asked();
    const { store } = world.chat;
    const { transaction } = store;
    store.transaction = () => {
      throw new Error('full');
    };
    await world.end(replied(id, 'A red fox'));
    expect(rowOf(id)?.status).toBe('running');
    expect(world.errors).toHaveLength(1);
    store.transaction = transaction;
    world.fire();
    expect(rowOf(id)).toMatchObject({ status: 'ready', text: 'A red fox', costMicroUsd: 750 });
  });
});

describe('a failure', () => {
  test('that was not charged removes the charge of what never left', async () => {
    const { id } = asked();
    await world.end(failedJob(id, 'unreachable', 1));
    expect(rowOf(id)).toMatchObject({ status: 'failed', error: { code: 'unreachable' }, costMicroUsd: null });
    expect(charge(id)).toBeUndefined();
  });

  test('after sending keeps what it may have cost', async () => {
    const { id } = asked();
    await world.end(failedJob(id, 'timed_out', 1, 900));
    expect(rowOf(id)).toMatchObject({ status: 'failed', costMicroUsd: 900 });
    expect(spent()).toBe(900);
  });

  test('keeps the text that had arrived, and asks in words about an answer', async () => {
    const { id } = asked();
    world.receive(id, 'A red');
    await world.end(failedJob(id, 'connection_lost', 1, 300));
    expect(rowOf(id)).toMatchObject({ status: 'failed', text: 'A red' });
    expect(rowOf(id)?.error?.message).toContain('answer');
  });

  test('keeps what the service said, and the ids of the request, after a restart, too', async () => {
    const { id } = asked();
    const details = { httpStatus: 400, serviceRequestId: 'req_7', serviceMessage: 'Unknown field: input.' };
    await world.end({ ...failedJob(id, 'request_rejected', 1), details });
    const kept = { requestId: id, ...details };
    expect(rowOf(id)?.details).toEqual(kept);
    expect(world.chat.broadcasts['suggestion:changed'].at(-1)?.details).toEqual(kept);
    world = start();
    expect(world.suggestions.list(conversationId, false)).toMatchObject([{ id, details: kept }]);
  });

  test('by the user, before anything left, leaves nothing to see', async () => {
    const { id } = asked();
    world.suggestions.stop(id);
    expect(world.stopped).toEqual([id]);
    await world.end(failedJob(id, 'cancelled', 1));
    expect(world.suggestions.list(conversationId, false)).toEqual([]);
    expect(charge(id)).toBeUndefined();
  });

  test('by the user, before the request has begun, keeps it from beginning', () => {
    const later: (() => void)[] = [];
    world = start((work) => void later.push(work));
    const { id } = asked();
    world.suggestions.stop(id);
    for (const work of later) work();
    expect(world.jobs).toEqual([]);
    expect([world.suggestions.list(conversationId, false), charge(id)]).toEqual([[], undefined]);
  });

  test('by the user, after it left, says what it may have cost', async () => {
    const { id } = asked();
    await world.end(failedJob(id, 'cancelled_late', 1, 40));
    expect(world.suggestions.list(conversationId, false)).toMatchObject([
      { id, error: { code: 'cancelled_late' }, costMicroUsd: 40 },
    ]);
  });

  test('without a text gives way to the next request', async () => {
    const first = asked();
    await world.end(failedJob(first.id, 'unreachable', 1));
    const second = asked();
    expect(world.suggestions.list(conversationId, false).map(({ id }) => id)).toEqual([second.id]);
  });
});

describe('a kill in the middle', () => {
  test('ends the request with its text and its possible cost, and makes no second one', () => {
    const { id } = asked(improvement({ text: 'a fox '.repeat(100).trim() }));
    world.receive(id, 'A red fox');
    // The process is gone: nothing of it runs on.
    world = start();
    expect(world.jobs).toEqual([]);
    expect(rowOf(id)).toMatchObject({ status: 'failed', text: 'A red fox', error: { code: 'interrupted' } });
    expect(rowOf(id)?.error?.message).toContain('may already have been charged');
    const cost = rowOf(id)?.costMicroUsd ?? 0;
    expect(cost).toBeGreaterThan(0);
    expect(spent()).toBe(cost);
    world = start();
    expect(spent()).toBe(cost);
  });

  test('counts a picture that was sent', () => {
    asked();
    asked({ id: newId(), conversationId, kind: 'describe', imageId: newId() });
    const [text, picture] = start().suggestions.list(conversationId, false);
    expect(picture?.costMicroUsd).toBeGreaterThan(10 * (text?.costMicroUsd ?? 0));
  });

  test('of a model on this computer costs nothing, and asks nothing either', () => {
    service = { serviceId: 'automatic1111', model: 'mine' };
    const { id } = asked();
    world = start();
    expect(world.jobs).toEqual([]);
    expect(rowOf(id)).toMatchObject({ status: 'failed', error: { code: 'generator_stopped' } });
    expect(spent()).toBe(0);
  });
});

describe('a suggestion that has ended', () => {
  test('is kept as the user changes it, until it is closed; Undo opens it again', async () => {
    const { id } = asked();
    expect(world.suggestions.edit(id, 'A blue fox')).toBe(false);
    await world.end(replied(id, 'A red fox'));
    expect(world.suggestions.edit(id, 'A blue fox')).toBe(true);
    world = start();
    expect(rowOf(id)).toMatchObject({ status: 'ready', text: 'A blue fox' });
    world.suggestions.close([id], false);
    expect(world.suggestions.list(conversationId, true)).toEqual([]);
    world.suggestions.close([id], true);
    expect(world.suggestions.list(conversationId, true)).toMatchObject([{ id }]);
    world.suggestions.close([id], false);
    world = start();
    expect(rowOf(id)).toBeUndefined();
    expect(spent()).toBe(750);
  });

  test('that is running cannot be closed', () => {
    const { id } = asked();
    world.suggestions.close([id], false);
    expect(world.suggestions.list(conversationId, false)).toMatchObject([{ id, status: 'running' }]);
  });
});
