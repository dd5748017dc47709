import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { RequestInput } from '../../../shared/contract';
import type { PictureMessage } from '../../../shared/domain/conversations';
import type { PictureJob, RequestedPicture, TextJob } from '../../../shared/generator/jobs';
import { newId } from '../db/new-id';
import { createAdmission } from '../generation/admission';
import { createRunJob } from '../generation/run-job';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { recover } from './recover';
import { maxRequestedPictures } from './requested-pictures';
import { retry } from './retry-and-cancel';
import { sendMessage } from './send-message';
import { settle } from './settle';

let chat: TestContext;

beforeEach(() => {
  chat = createTestContext();
  chat.world.provider = 'google';
  onTestFinished(() => chat.store.close());
});

function send(text: string, changes: Partial<RequestInput<'chat:send'>> = {}) {
  const reply = sendMessage(chat.context, {
    conversationId: null,
    text,
    mode: 'auto',
    aspectRatio: '1:1',
    count: 1,
    ...changes,
  });
  if (!reply.ok) throw new Error(reply.code);
  chat.runAfterReply();
  return reply.value;
}

/** Makes a picture in a new conversation. */
function madePicture(aspectRatio: '1:1' | '16:9' = '16:9') {
  const { conversation, messages } = send('draw a fox', { aspectRatio });
  const id = messages[1]?.id ?? '';
  const facts = { file: `images/${id}.png`, width: 1, height: 1, bytes: 1, thumbhash: Uint8Array.of(1) };
  chat.store.messages.setReady(id, { ...facts, signature: 'signed' }, chat.world.now);
  return { conversationId: conversation.id, id };
}

function requested(changes: Partial<RequestedPicture> = {}): RequestedPicture {
  return { prompt: 'a fox at night', aspectRatio: null, count: 1, edits: null, ...changes };
}

/** Ends a reply that requests these pictures. Returns the rows that were broadcast. */
function answer(conversationId: string | null, pictures: RequestedPicture[], text = ''): PictureMessage[] {
  const { conversation } = send('what about the night?', { conversationId });
  const job = chat.enqueued.at(-1);
  if (job?.kind !== 'text') throw new Error('no question');
  chat.enqueued.length = 0;
  settle(chat.context, { job, outcome: replied(job, pictures, text), requestedAt: 1 });
  const added = chat.broadcasts['messages:added'].flat();
  expect(chat.store.messages.page(conversation.id, null, 60).messages.slice(added.length * -1 || 60)).toEqual(
    added,
  );
  return added.filter((message) => message.kind === 'image');
}

/** Ends a reply that requests a picture. Returns its conversation. */
function sendRequested(changes: Partial<RequestedPicture>) {
  const { conversation } = send('what about the night?');
  const job = chat.enqueued.at(-1);
  if (job?.kind !== 'text') throw new Error('no question');
  settle(chat.context, { job, outcome: replied(job, [requested(changes)], ''), requestedAt: 1 });
  return conversation;
}

function replied(job: TextJob, pictures: RequestedPicture[], text: string) {
  return { type: 'replied', jobId: job.jobId, text, pictures, costMicroUsd: 120 } as const;
}

test('inserts placeholders in the transaction that ends the reply, then queues them', () => {
  const rows = answer(
    null,
    [requested({ count: 2, aspectRatio: '21:9' }), requested({ prompt: 'an owl' })],
    'Here.',
  );
  expect(rows).toMatchObject([
    { status: 'pending', prompt: 'a fox at night', parentId: null, params: { aspectRatio: '21:9' } },
    { status: 'pending', prompt: 'a fox at night', parentId: null, params: { aspectRatio: '21:9' } },
    { status: 'pending', prompt: 'an owl', params: { aspectRatio: '3:2' } },
  ]);
  expect(new Set(rows.map(({ groupId }) => groupId)).size).toBe(2);
  expect(chat.enqueued.map(({ kind, jobId }) => [kind, jobId])).toEqual(
    rows.map(({ id }) => ['picture', id]),
  );
  const [question] = chat.broadcasts['message:updated'].slice(-1);
  expect(question).toMatchObject({ status: 'ready', text: 'Here.', costMicroUsd: 120 });
});

test('queues the pictures at start-up after a crash', () => {
  const rows = answer(null, [requested()]);
  chat.enqueued.length = 0;
  recover(chat.context);
  expect(chat.enqueued).toMatchObject(rows.map(({ id }) => ({ kind: 'picture', jobId: id })));
});

test('requests the pictures once if the reply ends twice', () => {
  send('what about the night?');
  const job = chat.enqueued.at(-1);
  if (job?.kind !== 'text') throw new Error('no question');
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
  expect(rows).toHaveLength(maxRequestedPictures);
});

test('makes nothing for a conversation in Trash', () => {
  const { conversation } = send('what about the night?');
  const job = chat.enqueued.at(-1);
  if (job?.kind !== 'text') throw new Error('no question');
  chat.store.conversations.delete(conversation.id, 1);
  chat.enqueued.length = 0;
  expect(settle(chat.context, { job, outcome: replied(job, [requested()], 'Yes.'), requestedAt: 1 })).toBe(
    true,
  );
  expect(chat.broadcasts['messages:added']).toEqual([]);
  expect(chat.enqueued).toEqual([]);
});

test('queues one of four pictures if the limit allows one, and says when the others may be retried', () => {
  const unfinished: { job: PictureJob; requestedAt: null }[] = [];
  const admission = createAdmission({
    store: chat.store,
    limits: () => ({ perMinute: 1, perDay: null }),
    monthlyCap: () => null,
    unfinishedPictures: () => unfinished,
    now: () => chat.world.now,
  });
  // The same order as in boot.
  chat.context.enqueue = (job) => {
    const refused = admission(job);
    if (refused) settle(chat.context, { job, outcome: refused, requestedAt: chat.world.now });
    else if (job.kind === 'picture') unfinished.push({ job, requestedAt: null });
    chat.enqueued.push(job);
  };
  const { id } = sendRequested({ count: 4 });
  const rows = chat.store.messages.page(id, null, 60).messages.filter(({ kind }) => kind === 'image');
  expect(rows.map(({ status }) => status)).toEqual(['pending', 'limited', 'limited', 'limited']);
  expect(rows[3]?.error).toEqual({
    code: 'limit_minute',
    message: expect.stringMatching(/limit for Google is 1 picture a minute. Try again at \d\d:\d\d:\d\d/),
  });
});

test('tells a model about the last picture of its own conversation, however old', () => {
  const { conversationId, id } = madePicture();
  const elsewhere = send('hello');
  for (let index = 0; index < 50; index += 1) send(`and the ${index}th question?`, { conversationId });
  const job = chat.enqueued.at(-1);
  if (job?.kind !== 'text') throw new Error('no question');
  expect(job.history[0]?.pictures).toEqual([{ imageId: id, prompt: 'a fox' }]);
  expect(job.history.at(-1)?.text).toBe('and the 48th question?');
  send('a question?', { conversationId: elsewhere.conversation.id });
  const other = chat.enqueued.at(-1);
  expect(other?.kind === 'text' && other.history.flatMap(({ pictures }) => pictures)).toEqual([]);
});

describe('an edit', () => {
  test('has its picture as reference, with the picture’s aspect ratio and signature', () => {
    const { conversationId, id } = madePicture();
    const [row] = answer(conversationId, [requested({ edits: id })]);
    expect(row).toMatchObject({ parentId: id, params: { aspectRatio: '16:9', references: [id] } });
    expect(chat.enqueued).toMatchObject([
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
      const [job] = chat.enqueued;
      if (!job || !row) throw new Error('no job');
      const runInGenerator = () => Promise.reject(new Error('It was sent.'));
      const { run } = createRunJob({ runInGenerator, stopInGenerator() {} });
      const outcome = await run(job);
      expect(outcome).toMatchObject({ code: 'reference_gone', costMicroUsd: null });
      chat.store.messages.startAttempt(row.id, 'generating', 2);
      settle(chat.context, { job, outcome, requestedAt: 2 });
      expect(retry(chat.context, row.id)).toMatchObject({ ok: false, code: 'reference_gone' });
    },
  );
});
