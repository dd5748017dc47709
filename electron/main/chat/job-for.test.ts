import { beforeEach, describe, expect, test } from 'vitest';

import { arrivalFile, arrivedFile } from '../../../shared/domain/picture-files';
import { serviceKinds } from '../../../shared/domain/service-kinds';
import { builtInServiceIds } from '../../../shared/domain/services';
import { failedJob } from '../../../shared/generator/messages';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { sent, startedJob, waitingJob } from '../test-support/test-messages';
import { jobFor, recoveryOf } from './job-for';
import { retry } from './retry-and-cancel';
import { settle } from './settle';

let chat: TestContext;

beforeEach(() => {
  chat = openTestContext();
});

function read(id: string) {
  const message = chat.store.messages.find(id);
  if (!message) throw new Error('no message');
  return message;
}

describe('the job of a waiting message', () => {
  test.each(builtInServiceIds)('of %s is a picture with everything that its row says', (provider) => {
    chat.world.provider = provider;
    const job = waitingJob(chat, { aspectRatio: '4:3' });
    const message = read(job.jobId);
    if (message.kind !== 'image') throw new Error('no picture');
    const { id: jobId, prompt, params, model } = message;
    const requestId = expect.any(String);
    expect(job).toEqual({ kind: 'picture', jobId, requestId, provider, model, prompt, params });
  });

  test('is the same at another provider than the active one', () => {
    chat.world.provider = 'google';
    const { jobId } = waitingJob(chat);
    chat.world.provider = 'painter';
    expect(jobFor(chat.context, read(jobId))).toMatchObject({ provider: 'google' });
  });

  test('is a request of its own each time that it begins', () => {
    const { jobId, requestId } = waitingJob(chat);
    expect(jobFor(chat.context, read(jobId)).requestId).not.toBe(requestId);
  });

  test('of a reply has its own question and model in a longer conversation', () => {
    chat.world.provider = 'google';
    const { conversation } = sent(chat, { text: 'what came before?' });
    const conversationId = conversation.id;
    const reply = sent(chat, { conversationId, text: 'and now?' }).messages[1];
    sent(chat, { conversationId, text: 'draw a fox', mode: 'picture' });
    chat.world.provider = 'painter';
    expect(jobFor(chat.context, read(reply?.id ?? ''))).toMatchObject({
      kind: 'text',
      provider: 'google',
      model: serviceKinds.google.defaultTextModel,
      text: 'and now?',
      history: [{ text: 'what came before?' }],
    });
  });

  test('of a reply has its own question whatever the clock says', () => {
    chat.world.provider = 'google';
    const { conversation } = sent(chat, { text: 'what came before?' });
    chat.world.now -= 500_000;
    const reply = sent(chat, { conversationId: conversation.id, text: 'and now?' }).messages[1];
    expect(jobFor(chat.context, read(reply?.id ?? ''))).toMatchObject({
      text: 'and now?',
      history: [{ text: 'what came before?' }],
    });
  });

  test.each([
    ['one that cost nothing', 'refused', null, 'picture'],
    ['one that was paid for', 'picture_not_stored', 33_600, 'recover'],
    ['one of unknown price', 'picture_not_stored', 0, 'recover'],
  ] as const)(
    'after a request whose bytes are on disk, %s, is a job of the right kind',
    (_which, code, cost, kind) => {
      chat.world.provider = 'google';
      const job = startedJob(chat);
      chat.world.hasFile = (file) => file === arrivalFile(job.requestId);
      settle(chat.context, { job, outcome: failedJob(job.jobId, code, 5, cost), requestedAt: 1 });
      retry(chat.context, job.jobId);
      expect(jobFor(chat.context, read(job.jobId)).kind).toBe(kind);
    },
  );

  test('is a recovery if an older version has left bytes under the id of the message', () => {
    const { jobId } = waitingJob(chat);
    chat.world.hasFile = (file) => file === arrivedFile(jobId);
    expect(jobFor(chat.context, read(jobId))).toMatchObject({ kind: 'recover', requestId: jobId });
  });
});

describe('the job that recovers a request', () => {
  test.each(builtInServiceIds)('of %s never makes one', (provider) => {
    chat.world.provider = provider;
    const job = startedJob(chat);
    expect(recoveryOf(chat.context, read(job.jobId))).toEqual({ ...job, kind: 'recover' });
  });

  test('finds the files of a row of an older version, which has no request', () => {
    const { jobId } = startedJob(chat);
    chat.store.messages.reset(jobId, 5);
    expect(recoveryOf(chat.context, read(jobId))).toMatchObject({ kind: 'recover', requestId: jobId });
  });

  test('of a reply is the same question', () => {
    chat.world.provider = 'google';
    const job = startedJob(chat, { text: 'what can you do?' });
    expect(recoveryOf(chat.context, read(job.jobId))).toEqual(job);
  });
});
