// A picture that this computer changes by itself goes through the chat like any other.
import { beforeEach, expect, test } from 'vitest';
import { changeHereModel, type LocalEdit, unchanged } from '../../../shared/domain/edits';
import { isBilled } from '../../../shared/generator/billing';
import { failedJob } from '../../../shared/generator/messages';
import { newId } from '../db/new-id';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { sendInput, startedJob, storedPicture, waitingJob } from '../test-support/test-messages';
import { recoveryOf } from './job-for';
import { cancel, retry } from './retry-and-cancel';
import { sendMessage } from './send-message';
import { settle } from './settle';

let chat: TestContext;
let imageId: string;
const model = { serviceId: 'painter', model: changeHereModel };
const cropped: LocalEdit = {
  ...unchanged,
  ...{ quarterTurns: 1, crop: { left: 0, top: 24, width: 700, height: 100 } },
};

beforeEach(() => {
  chat = openTestContext();
  imageId = picture(1024, 768);
});

/** Returns the id of a picture that was made. */
function picture(width: number, height: number, format = 'png'): string {
  const job = startedJob(chat, { text: 'draw a bicycle with wings and a violin' });
  const outcome = storedPicture(job, { width, height, file: `images/ab/${job.jobId}.${format}` });
  settle(chat.context, { job, outcome, requestedAt: 1 });
  return job.jobId;
}

const wanted = (change = cropped) => ({ text: 'Crop', model, references: [imageId], change });

test('is a free picture with the words of its original, of which nothing is drawn', () => {
  chat.store.settings.write({ diffusion: { steps: 20, negativePrompt: 'fog' } });
  const job = waitingJob(chat, wanted());
  expect(job).toMatchObject({ provider: 'painter', model: changeHereModel, references: [{ imageId }] });
  expect(isBilled(job)).toBe(false);
  const row = chat.store.messages.find(job.jobId);
  expect(row).toMatchObject({ prompt: 'a bicycle with wings and a violin', parentId: imageId });
  expect(row).not.toHaveProperty('notes');
  expect(row?.kind === 'image' && row.params).toEqual({
    ...{ aspectRatio: '21:9', seed: expect.any(Number), references: [imageId] },
    change: { ...cropped, saved: 'lossless' },
  });
});

test.each([
  ['png', cropped, 'lossless'],
  ['jpg', cropped, 'jpeg'],
  ['jpg', { ...unchanged, quarterTurns: 3, mirrored: true }, 'lossless'],
  ['jpg', { ...unchanged, scale: 2 }, 'jpeg'],
] as const)('says how a %s is saved', (format, change, saved) => {
  imageId = picture(1024, 768, format);
  const job = waitingJob(chat, wanted(change));
  expect(job.kind === 'picture' && job.params.change).toEqual({ ...change, saved });
});

test('has the shape that was cut out, and no note that it was not asked for', () => {
  const job = startedJob(chat, wanted());
  settle(chat.context, { job, outcome: storedPicture(job, { width: 700, height: 100 }), requestedAt: 1 });
  expect(chat.store.messages.find(job.jobId)).not.toHaveProperty('notes');
});

test('can be stopped, is made in the same way once more, and again after a crash', () => {
  const job = startedJob(chat, wanted());
  expect(recoveryOf(chat.context, chat.store.messages.find(job.jobId) ?? raise())).toMatchObject({
    ...{ provider: 'painter', model: changeHereModel, references: [{ imageId }] },
  });
  cancel(chat.context, job.jobId);
  settle(chat.context, { job, outcome: failedJob(job.jobId, 'cancelled', 1), requestedAt: 1 });
  expect(chat.store.messages.find(job.jobId)).toMatchObject({ status: 'cancelled' });
  // A model that follows words is told none.
  const other = { serviceId: 'google', model: 'gemini-3-pro-image' };
  expect(retry(chat.context, job.jobId, other)).toMatchObject({ code: 'bad_request' });
  expect(retry(chat.context, job.jobId, model)).toMatchObject({
    ...{ ok: true, value: { status: 'pending', params: { change: { ...cropped, saved: 'lossless' } } } },
  });
  expect(chat.store.messages.find(job.jobId)).not.toHaveProperty('notes');
});

function raise(): never {
  throw new Error('The message is gone.');
}

test.each([
  ['reference_gone', () => ({ ...wanted(), references: [newId()] })],
  ['change_too_large', () => ({ ...wanted({ ...unchanged, scale: 4 }), references: [picture(2400, 2400)] })],
  // Before it is turned, it would be inside.
  ['bad_request', () => wanted({ ...cropped, crop: { left: 800, top: 0, width: 100, height: 100 } })],
  ['bad_request', () => ({ ...wanted(), model: { serviceId: 'google', model: 'gemini-3-pro-image' } })],
  ['bad_request', () => ({ ...wanted(), change: undefined })],
  ['reference_needed', () => ({ text: 'draw a fox', model })],
] as const)('is refused with %s, and nothing is stored', (code, input) => {
  const asked = sendInput(input());
  expect(sendMessage(chat.context, asked)).toMatchObject({ ok: false, code });
  expect(chat.store.messages.find(asked.questionId)).toBeUndefined();
});
