import { beforeEach, describe, expect, test } from 'vitest';
import { maxPicturesOfReply, type PictureMessage } from '../../../shared/domain/conversations';
import { failure } from '../../../shared/domain/errors';
import type { RequestedPicture, TextJob } from '../../../shared/generator/jobs';
import { newId } from '../db/new-id';
import { createAdmission } from '../generation/admission';
import { createRunJob } from '../generation/run-job';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { type SendChanges, sent, startedJob } from '../test-support/test-messages';
import { createChatHandlers } from './chat-handlers';
import { jobFor } from './job-for';
import { markGenerating } from './mark-generating';
import { cancel, retry } from './retry-and-cancel';
import { settle } from './settle';

let chat: TestContext;

beforeEach(() => {
  chat = openTestContext();
  chat.world.provider = 'google';
});

function send(text: string, changes: SendChanges = {}) {
  return sent(chat, { text, ...changes });
}

/** Asks a question. Returns the job of its reply, which has begun. */
function asked(changes: SendChanges = {}): TextJob {
  const job = startedJob(chat, { text: 'what about the night?', ...changes });
  if (job.kind !== 'text') throw new Error('no question');
  return job;
}

/** Makes a picture in a new conversation. */
function madePicture(aspectRatio: '1:1' | '16:9' = '16:9') {
  const { conversation, messages } = send('draw a fox', { aspectRatio });
  const id = messages[1]?.id ?? '';
  const size = { width: 1, height: 1, bytes: 1, thumbhash: Uint8Array.of(1) };
  const facts = { file: `images/${id}.png`, ...size, provider: 'google', model: 'm', signature: 'signed' };
  chat.store.messages.setReady(id, facts, chat.world.now);
  return { conversationId: conversation.id, id };
}

function requested(changes: Partial<RequestedPicture> = {}): RequestedPicture {
  return { prompt: 'a fox at night', aspectRatio: null, count: 1, edits: null, ...changes };
}

/** Ends a reply that requests these pictures. Returns the rows that were broadcast. */
function answer(conversationId: string | null, pictures: RequestedPicture[], text = ''): PictureMessage[] {
  const job = asked(conversationId === null ? {} : { conversationId });
  chat.broadcasts['messages:added'].length = 0;
  settle(chat.context, { job, outcome: replied(job, pictures, text), requestedAt: 1 });
  const added = chat.broadcasts['messages:added'].flat();
  const { conversationId: id } = chat.store.messages.find(job.jobId) ?? { conversationId: '' };
  const stored = chat.store.messages.page(id, null, 60).messages;
  expect(stored.slice(stored.length - added.length)).toEqual(added);
  return added.filter((message) => message.kind === 'image');
}

function replied(job: TextJob, pictures: RequestedPicture[], text: string) {
  return { type: 'replied', jobId: job.jobId, text, pictures, costMicroUsd: 120 } as const;
}

test('inserts placeholders in the transaction that ends the reply, for the dispatcher to find', () => {
  const rows = answer(
    null,
    [requested({ count: 2, aspectRatio: '21:9' }), requested({ prompt: 'an owl' })],
    'Here.',
  );
  expect(rows).toMatchObject([
    { status: 'pending', prompt: 'a fox at night', parentId: null, params: { aspectRatio: '21:9' } },
    { status: 'pending', prompt: 'a fox at night', parentId: null, params: { aspectRatio: '21:9' } },
    { status: 'pending', prompt: 'an owl', params: { aspectRatio: '1:1' } },
  ]);
  expect(new Set(rows.map(({ groupId }) => groupId)).size).toBe(2);
  expect(chat.waitingJobs().map(({ kind, jobId }) => [kind, jobId])).toEqual(
    rows.map(({ id }) => ['picture', id]),
  );
  // A model that requests a picture again wants another one.
  expect(chat.store.messages.unfinished().every(({ isFresh }) => isFresh)).toBe(true);
  const [question] = chat.broadcasts['message:updated'].slice(-1);
  expect(question).toMatchObject({ status: 'ready', text: 'Here.', costMicroUsd: 120 });
});

test('inserts neither the pictures nor the reply if one of them cannot be written', () => {
  const job = asked();
  const before = chat.store.messages.find(job.jobId);
  const insert = () => {
    throw new Error('the disk is full');
  };
  const store = { ...chat.store, messages: { ...chat.store.messages, insert } };
  const ended = { job, outcome: replied(job, [requested()], 'Yes.'), requestedAt: 1 };
  expect(() => settle({ ...chat.context, store }, ended)).toThrow('the disk is full');
  expect(chat.store.messages.find(job.jobId)).toEqual(before);
  expect(chat.broadcasts['messages:added']).toEqual([]);
});

test('requests the pictures once if the reply ends twice', () => {
  const job = asked();
  const ended = { job, outcome: replied(job, [requested()], ''), requestedAt: 1 };
  expect([settle(chat.context, ended), settle(chat.context, ended)]).toEqual([true, false]);
  expect(chat.broadcasts['messages:added']).toHaveLength(1);
  expect(chat.store.messages.find(job.jobId)).toMatchObject({ costMicroUsd: 120 });
});

test('makes no more than the maximum of one reply', () => {
  const rows = answer(
    null,
    Array.from({ length: 8 }, () => requested({ count: 4 })),
  );
  expect(rows).toHaveLength(maxPicturesOfReply);
});

describe('in a conversation that was deleted meanwhile', () => {
  let conversationId: string;

  beforeEach(() => {
    conversationId = send('hello', { text: 'what is a fox?' }).conversation.id;
    const job = asked({ conversationId });
    chat.store.conversations.delete(conversationId, 1);
    expect(settle(chat.context, { job, outcome: replied(job, [requested()], ''), requestedAt: 1 })).toBe(
      true,
    );
  });

  const restore = (isUndo: boolean) => {
    const { 'conversations:restore': handler } = createChatHandlers(chat.context, () => failure('internal'));
    return Reflect.apply(handler, null, [{ conversationId, isUndo }, null]);
  };

  test('makes nothing, and all of it after Undo', async () => {
    expect(chat.waitingJobs()).toEqual([]);
    await restore(true);
    const pictures = chat.waitingJobs().filter(({ kind }) => kind === 'picture');
    expect(pictures).toMatchObject([{ prompt: 'a fox at night' }]);
  });

  test('makes nothing either once it is restored from Trash', async () => {
    await restore(false);
    const { messages } = chat.store;
    expect(messages.unfinished().filter(({ kind }) => kind === 'image')).toMatchObject([
      { status: 'pending', isInTrash: false, isStopRequested: true },
    ]);
  });
});

test('makes nothing for a reply that ended by itself when it was to stop', () => {
  const job = asked();
  cancel(chat.context, job.jobId);
  settle(chat.context, { job, outcome: replied(job, [requested({ count: 2 })], 'Yes.'), requestedAt: 1 });
  expect(chat.store.messages.find(job.jobId)).toMatchObject({ status: 'ready', text: 'Yes.' });
  expect(chat.store.messages.unfinished()).toMatchObject([
    { status: 'pending', isStopRequested: true },
    { status: 'pending', isStopRequested: true },
  ]);
  const [picture] = chat.broadcasts['messages:added'].flat();
  expect(picture && markGenerating(chat.context, jobFor(chat.context, picture), 1)).toBe(false);
});

test('makes one of four pictures if the limit allows one, lets one wait, and says when to retry the others', () => {
  const rows = answer(null, [requested({ count: 4 })]);
  const admission = createAdmission({
    store: chat.store,
    limits: () => ({ perMinute: 1, perDay: null }),
    monthlyCap: () => null,
    waitingPictures: () => [],
    now: () => chat.world.now,
  });
  // The same order as in the dispatcher.
  for (const job of chat.waitingJobs()) {
    const row = rows.find(({ id }) => id === job.jobId);
    const refused = row ? admission.ofPicture(row) : null;
    if (refused) settle(chat.context, { job, outcome: refused, requestedAt: chat.world.now });
    else markGenerating(chat.context, job, chat.world.now);
  }
  const messages = rows.map(({ id }) => chat.store.messages.find(id));
  expect(messages.map((message) => message?.status)).toEqual(['generating', 'pending', 'limited', 'limited']);
  expect(messages[1]).toMatchObject({ retryAt: chat.world.now + 60_000, error: { code: 'limit_minute' } });
  expect(messages[3]?.error).toMatchObject({
    code: 'limit_minute',
    message: expect.stringMatching(/limit for Google is 1 picture a minute. Try again at \d\d:\d\d:\d\d/),
  });
});

test('tells a model about the last picture of its own conversation, however old', () => {
  const { conversationId, id } = madePicture();
  const elsewhere = send('hello');
  for (let index = 0; index < 50; index += 1) send(`and the ${index}th question?`, { conversationId });
  const job = asked({ conversationId, text: 'and now?' });
  expect(job.history[0]?.pictures).toEqual([{ imageId: id, prompt: 'a fox' }]);
  expect(job.history.at(-1)?.text).toBe('and the 49th question?');
  const other = asked({ conversationId: elsewhere.conversation.id });
  expect(other.history.flatMap(({ pictures }) => pictures)).toEqual([]);
});

test('gives a model the order of the conversation, whatever the clock says', () => {
  const { conversationId } = madePicture();
  for (const [index, now] of [9_000_000, 5, 7_000_000, 1].entries()) {
    chat.world.now = now;
    send(`and the ${index}th question?`, { conversationId });
  }
  const texts = asked({ conversationId }).history.flatMap(({ text }) => (text === '' ? [] : [text]));
  expect(texts.slice(1)).toEqual([0, 1, 2, 3].map((index) => `and the ${index}th question?`));
});

describe('an edit', () => {
  test('has its picture as reference, with the picture’s aspect ratio and signature', () => {
    const { conversationId, id } = madePicture();
    const [row] = answer(conversationId, [requested({ edits: id })]);
    expect(row).toMatchObject({ parentId: id, params: { aspectRatio: '16:9', references: [id] } });
    expect(chat.waitingJobs()).toMatchObject([
      { references: [{ imageId: id, file: `images/${id}.png`, signature: 'signed' }] },
    ]);
  });

  test('of a picture of another conversation, or of an unknown one, is not made', () => {
    const { id } = madePicture();
    const rows = answer(null, [
      requested({ edits: id }),
      requested({ edits: newId() }),
      requested({ prompt: 'an owl' }),
    ]);
    expect(rows).toMatchObject([{ prompt: 'an owl', parentId: null }]);
  });

  test.each(['in Trash', 'never made'])(
    'of a picture that is %s is not sent, and cannot be retried',
    async (state) => {
      const { conversationId, id: made } = madePicture();
      const file = { file: `images/${made}.png`, width: 1, height: 1, bytes: 1, thumbhash: 'AQ==' };
      const facts = { prompt: 'a fox', provider: 'google', model: 'm', params: '{}', createdAt: 1 } as const;
      chat.store.userImages.insert({ ...file, ...facts, id: made, messageId: made });
      chat.store.trash.add(made, 1);
      const [, unmade] = send('draw an owl', { conversationId }).messages;
      const [row] = answer(conversationId, [
        requested({ edits: state === 'never made' ? (unmade?.id ?? null) : made }),
      ]);
      const job = chat.waitingJobs().find(({ jobId }) => jobId === row?.id);
      if (!job || !row) throw new Error('no job');
      const runInGenerator = () => Promise.reject(new Error('It was sent.'));
      const { run } = createRunJob({ runInGenerator, stopInGenerator() {} });
      const outcome = await run(job);
      expect(outcome).toMatchObject({ code: 'reference_gone', costMicroUsd: null });
      markGenerating(chat.context, job, 2);
      settle(chat.context, { job, outcome, requestedAt: 2 });
      expect(retry(chat.context, row.id)).toMatchObject({ ok: false, code: 'reference_gone' });
    },
  );
});
