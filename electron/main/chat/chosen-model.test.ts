import { beforeEach, describe, expect, test } from 'vitest';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { priceOf } from '../../../shared/domain/model-lookup';
import { failedJob } from '../../../shared/generator/messages';
import { sayInEnglish } from '../../../shared/languages/sentence';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import {
  type SendChanges,
  sendInput,
  sent,
  startedJob,
  storedPicture,
  waitingJob,
} from '../test-support/test-messages';
import { markGenerating } from './mark-generating';
import { prefetch } from './prefetch';
import { retry } from './retry-and-cancel';
import { sendMessage } from './send-message';
import { settle } from './settle';

let chat: TestContext;

beforeEach(() => {
  chat = openTestContext();
});

const pro = { serviceId: 'google', model: 'gemini-3-pro-image' };
const webUi = { serviceId: 'automatic1111', model: 'Ж\\ 光 + & "x".safetensors' };
const picture = { text: 'draw a fox', aspectRatio: '3:2' } as const;

/** Returns the sentences under a picture about settings that it is made without. */
function leftOut(id: string): string[] {
  const row = chat.store.messages.find(id);
  const notes = row?.kind === 'image' ? (row.notes ?? []) : [];
  return notes.flatMap((note) =>
    note.code === 'settings_left_out'
      ? note.sentences.map((each) => (typeof each === 'string' ? each : sayInEnglish(each)))
      : [],
  );
}

function pictureOf(changes: SendChanges): PictureMessage {
  const answer = sent(chat, { ...picture, ...changes }).messages[1];
  if (answer?.kind !== 'image') throw new Error('no picture');
  return answer;
}

test('the picture, its request and its charge are those of the chosen model', () => {
  const job = startedJob(chat, { ...picture, model: pro, options: { resolution: '4K' } });
  const recipe = { provider: 'google', model: 'gemini-3-pro-image', params: { resolution: '4K' } };
  expect(job).toMatchObject({ kind: 'picture', ...recipe });
  expect(chat.store.messages.find(job.jobId)).toMatchObject(recipe);
  const amountMicroUsd = priceOf('google', pro.model, { resolution: '4K' });
  expect(chat.store.charges.ofMessage(job.jobId)).toMatchObject([{ amountMicroUsd }]);
});

test('without a choice, the model of the settings is used', () => {
  expect(pictureOf({})).toMatchObject({ provider: 'painter', model: 'painter-1' });
});

test('a text goes to the text model of the chosen service, and its pictures to the chosen model', () => {
  const options = { resolution: '2K' } as const;
  const job = startedJob(chat, { text: 'what is an aperture?', model: pro, options });
  if (job.kind !== 'text') throw new Error('no reply');
  expect(job).toMatchObject({ provider: 'google', model: 'gemini-3.8-flash' });
  const pictures = [{ prompt: 'an aperture', aspectRatio: null, count: 1, edits: null }];
  const outcome = { type: 'replied', jobId: job.jobId, text: '', pictures, costMicroUsd: 1 } as const;
  settle(chat.context, { job, outcome, requestedAt: 1 });
  expect(chat.broadcasts['messages:added'].flat()).toMatchObject([
    { provider: 'google', model: pro.model, params: { resolution: '2K' } },
  ]);
});

test('a service without a text model takes every text as a prompt', () => {
  chat.world.provider = 'google';
  expect(pictureOf({ text: 'hello', model: webUi })).toMatchObject({
    prompt: 'hello',
    provider: 'automatic1111',
  });
});

describe('options', () => {
  test('that are chosen go before those of the settings, and only what the model takes is stored', () => {
    chat.store.settings.write({ resolution: '4K', diffusion: { steps: 20, sampler: 'Euler' } });
    const options = { resolution: '1K', steps: 31, quality: 'high', guidance: 0 } as const;
    expect(pictureOf({ model: webUi, options }).params).toEqual({
      ...{ aspectRatio: '3:2', seed: 2 ** 30, steps: 31, sampler: 'Euler', guidance: 0 },
    });
    expect(pictureOf({ model: pro, options }).params).toEqual({ aspectRatio: '3:2', seed: 2 ** 30 });
    expect(pictureOf({ model: pro }).params).toMatchObject({ resolution: '4K' });
    const gpt = { serviceId: 'openai', model: 'gpt-image-2' };
    expect(pictureOf({ model: gpt, options }).params).toMatchObject({ quality: 'high' });
  });

  test('that are empty take those of the settings away', () => {
    chat.store.settings.write({ diffusion: { negativePrompt: 'blurry' } });
    expect(pictureOf({ model: webUi }).params.negativePrompt).toBe('blurry');
    expect(pictureOf({ model: webUi, options: { negativePrompt: '' } }).params).not.toHaveProperty(
      'negativePrompt',
    );
  });
});

describe('a model that cannot be used', () => {
  test.each([
    [{ serviceId: 'gone', model: 'x' }, 'unknown_provider'],
    [{ serviceId: 'painter', model: 'painter-9' }, 'model_gone'],
    [{ serviceId: 'google', model: 'gemini-3.8-flash' }, 'model_gone'],
  ])('%j is refused, and nothing is stored', (model, code) => {
    const reply = sendMessage(chat.context, sendInput({ ...picture, model }));
    expect(reply).toMatchObject({ ok: false, code });
    expect(chat.store.messages.count()).toBe(0);
  });

  test('is refused when its service is switched off', () => {
    chat.world.services = chat.world.services.map((service) => ({ ...service, enabled: false }));
    const reply = sendMessage(chat.context, sendInput({ ...picture, model: pro }));
    expect(reply).toMatchObject({ ok: false, code: 'unknown_provider' });
  });

  test('does not refuse a message that is stored already', () => {
    const input = sendInput({ ...picture, model: pro });
    const first = sendMessage(chat.context, input);
    chat.world.services = [];
    expect(sendMessage(chat.context, input)).toEqual(first);
  });

  test('ends the prefetch', () => {
    prefetch(chat.context, { ...picture, mode: 'auto' });
    prefetch(chat.context, { ...picture, mode: 'auto', model: { serviceId: 'gone', model: 'x' } });
    expect(chat.prefetches.started).toHaveLength(1);
    expect(chat.prefetches.discarded).toHaveLength(1);
  });
});

test('a prefetched picture is taken over by a message of the same model and options only', () => {
  const chosen = { model: webUi, options: { steps: 31 } };
  prefetch(chat.context, { ...picture, mode: 'auto', ...chosen });
  expect(chat.prefetches.started).toMatchObject([{ provider: 'automatic1111', params: { steps: 31 } }]);
  const requestId = chat.prefetches.started[0]?.requestId;
  expect(waitingJob(chat, picture).requestId).not.toBe(requestId);
  expect(waitingJob(chat, { ...picture, ...chosen, options: { steps: 30 } }).requestId).not.toBe(requestId);
  prefetch(chat.context, { ...picture, mode: 'auto', ...chosen });
  const last = chat.prefetches.started.at(-1)?.requestId;
  expect(waitingJob(chat, { ...picture, ...chosen }).requestId).toBe(last);
});

test('a picture says which settings of the one that it repeats its model does not take', () => {
  const options = { resolution: '1K', steps: 31, negativePrompt: 'text' } as const;
  expect(leftOut(pictureOf({ model: pro, options, fresh: true }).id)).toEqual([
    expect.stringMatching(/does not support a negative prompt\.$/),
    expect.stringMatching(/does not support a number of steps\.$/),
  ]);
  expect(leftOut(pictureOf({ model: webUi, options }).id)).toEqual([]);
});

describe('a retry', () => {
  function failed(changes: SendChanges, code: 'timed_out' | 'request_rejected' = 'timed_out'): string {
    const job = startedJob(chat, { ...picture, ...changes });
    settle(chat.context, { job, outcome: failedJob(job.jobId, code, 5, null), requestedAt: 1 });
    return job.jobId;
  }

  test('goes to the model that is chosen then, with the options that it takes', () => {
    const id = failed({ model: webUi, options: { steps: 31 } });
    const reply = retry(chat.context, id, pro);
    expect(reply).toMatchObject({
      ok: true,
      value: { provider: 'google', model: pro.model, status: 'pending' },
    });
    expect(reply.ok && reply.value.kind === 'image' && reply.value.params).not.toHaveProperty('steps');
  });

  test('says what was set and the other model does not take, also under the picture', () => {
    const id = failed({ model: webUi, options: { steps: 31, negativePrompt: 'text' }, seed: 7 });
    retry(chat.context, id, pro);
    const expected = [
      expect.stringMatching(/does not support a negative prompt\.$/),
      expect.stringMatching(/does not support a number of steps\.$/),
      expect.stringMatching(/does not support a seed\.$/),
    ];
    expect(leftOut(id)).toEqual(expected);
    const job = chat.waitingJobs().find(({ jobId }) => jobId === id);
    if (!job || !markGenerating(chat.context, job, 1)) throw new Error('No job has begun.');
    settle(chat.context, { job, outcome: storedPicture(job), requestedAt: 1 });
    expect(leftOut(id)).toEqual(expected);
  });

  test('keeps the picture’s own options, unless the service has refused them', () => {
    chat.store.settings.write({ diffusion: { steps: 20 } });
    const chosen = { model: webUi, options: { steps: 31, guidance: 5 } };
    const params = (id: string) => retry(chat.context, id, webUi);
    expect(params(failed(chosen))).toMatchObject({ value: { params: { steps: 31, guidance: 5 } } });
    expect(params(failed(chosen, 'request_rejected'))).toMatchObject({
      value: { params: { steps: 20, guidance: 5 } },
    });
  });

  test('is refused with a model that is not there', () => {
    const id = failed({});
    const before = chat.store.messages.find(id);
    expect(retry(chat.context, id, { serviceId: 'gone', model: 'x' })).toMatchObject({ ok: false });
    expect(chat.store.messages.find(id)).toEqual(before);
  });

  test('of a reply lets its pictures go to the model that is chosen then', () => {
    const id = failed({ text: 'what is an aperture?', model: pro, options: { resolution: '2K' } });
    const flash = { serviceId: 'google', model: 'gemini-3.1-flash-image' };
    retry(chat.context, id, flash);
    expect(chat.store.messages.replyChoices(id)).toMatchObject({
      model: flash,
      options: { resolution: '2K' },
    });
    // The choices are no part of what the renderer shows.
    expect(chat.store.messages.find(id)).not.toHaveProperty('params');
  });
});
