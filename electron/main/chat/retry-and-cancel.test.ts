import { beforeEach, describe, expect, test } from 'vitest';
import { type Message, type MessageStatus, messageStatuses } from '../../../shared/domain/conversations';
import { arrivalFile } from '../../../shared/domain/picture-files';
import { failedJob } from '../../../shared/generator/messages';
import { newId } from '../db/new-id';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { sent, startedJob } from '../test-support/test-messages';
import { cancel, dismiss, putBack, retry } from './retry-and-cancel';
import { settle } from './settle';

let chat: TestContext;

beforeEach(() => {
  chat = openTestContext();
});

function answerWith(status: MessageStatus, text = 'draw a fox'): Message {
  const { id } = sent(chat, { text, aspectRatio: '4:3' }).messages[1] ?? { id: '' };
  chat.calls.wakes = 0;
  if (status === 'generating') chat.store.messages.begin(id, newId(), chat.world.now);
  else if (status === 'streaming') chat.store.messages.setStreaming(id, '', chat.world.now);
  else if (status === 'ready') chat.store.messages.setReplied(id, '', chat.world.now);
  else if (status !== 'pending') {
    chat.store.messages.setEnded(id, status, { code: 'refused', message: 'Before.' }, chat.world.now);
  }
  const message = chat.store.messages.find(id);
  if (message?.status !== status) throw new Error(`not ${status}`);
  return message;
}

const retryable: MessageStatus[] = ['failed', 'cancelled', 'limited', 'interrupted'];
const unfinished: MessageStatus[] = ['pending', 'generating', 'streaming'];

describe('retry', () => {
  test.each(retryable)('lets a picture that is %s wait again in the same row', (status) => {
    const before = answerWith(status);
    chat.world.now += 100;
    const reply = retry(chat.context, before.id);
    const after = chat.store.messages.find(before.id);
    expect(after).toEqual({
      ...{ ...before, status: 'pending', error: null, updatedAt: chat.world.now },
      revision: expect.toSatisfy((revision) => revision > before.revision),
    });
    expect(reply).toEqual({ ok: true, value: after });
    expect(chat.calls.wakes).toBe(1);
    expect(chat.waitingJobs()).toEqual([
      expect.objectContaining({
        kind: 'picture',
        requestId: expect.any(String),
        jobId: before.id,
        prompt: 'a fox',
        params: { aspectRatio: '4:3', seed: 2 ** 30 },
      }),
    ]);
  });

  test('forgets the stop and the request of the time before', () => {
    const { jobId } = startedJob(chat);
    cancel(chat.context, jobId);
    chat.store.messages.setEnded(jobId, 'cancelled', { code: 'cancelled', message: 'Stopped.' }, 5);
    retry(chat.context, jobId);
    expect(chat.store.messages.unfinished()).toMatchObject([
      { id: jobId, requestId: null, isStopRequested: false, retryAt: null },
    ]);
  });

  test('refuses a picture that is ready', () => {
    const before = answerWith('ready');
    expect(retry(chat.context, before.id)).toMatchObject({ ok: false, code: 'not_retryable' });
    expect(chat.store.messages.find(before.id)).toEqual(before);
    expect(chat.calls.wakes).toBe(0);
  });

  test.each(unfinished)('changes nothing if a picture is %s, and replies with it', (status) => {
    const before = answerWith(status);
    const work = chat.store.messages.unfinished();
    chat.world.provider = 'google';
    chat.world.now += 100;
    expect(retry(chat.context, before.id)).toEqual({ ok: true, value: before });
    expect(chat.store.messages.find(before.id)).toEqual(before);
    expect(chat.store.messages.unfinished()).toEqual(work);
  });

  test('has the same result the second time', () => {
    const { id } = answerWith('failed');
    const first = retry(chat.context, id);
    expect(retry(chat.context, id)).toEqual(first);
    expect(chat.waitingJobs()).toHaveLength(1);
  });

  test('uses the active provider', () => {
    const { id } = answerWith('failed');
    chat.world.provider = 'google';
    const now = { provider: 'google', model: 'gemini-nano-banana-2.1' };
    expect(retry(chat.context, id)).toMatchObject({ ok: true, value: now });
    expect(chat.store.messages.find(id)).toMatchObject(now);
    expect(chat.waitingJobs()).toMatchObject([{ jobId: id, ...now }]);
  });

  test('of a text reply asks the same question', () => {
    chat.world.provider = 'google';
    const { id } = answerWith('failed', 'what can you do?');
    expect(retry(chat.context, id).ok).toBe(true);
    expect(chat.waitingJobs()).toEqual([
      {
        kind: 'text',
        jobId: id,
        requestId: expect.any(String),
        provider: 'google',
        model: 'gemini-3.8-flash',
        text: 'what can you do?',
        history: [],
      },
    ]);
  });

  test('of an unknown message or a question is refused', () => {
    expect(retry(chat.context, newId())).toMatchObject({ ok: false, code: 'not_found' });
    const { conversationId } = answerWith('failed');
    const [question] = chat.store.messages.page(conversationId, null, 10).messages;
    expect(retry(chat.context, question?.id ?? '')).toMatchObject({ ok: false, code: 'not_retryable' });
    expect(chat.waitingJobs()).toEqual([]);
  });

  test('of a message in Trash is refused', () => {
    const before = answerWith('failed');
    chat.store.conversations.delete(before.conversationId, 5);
    expect(retry(chat.context, before.id)).toMatchObject({ ok: false, code: 'not_found' });
    expect(chat.store.messages.find(before.id)).toEqual(before);
  });
});

describe('retry at another provider', () => {
  /** Makes a picture at one provider fail. Returns its parameters once it is retried at another. */
  function paramsAfter(
    from: 'google' | 'automatic1111',
    to: 'google' | 'imagen' | 'automatic1111',
    seed?: number,
    repeats?: string,
  ) {
    chat.world.provider = from;
    const { jobId } = startedJob(chat, {
      aspectRatio: '21:9',
      ...(seed !== undefined && { seed }),
      ...(repeats !== undefined && { repeats }),
    });
    chat.store.messages.setEnded(jobId, 'failed', { code: 'refused', message: 'No.' }, 5);
    const before = chat.store.messages.find(jobId);
    chat.world.provider = to;
    retry(chat.context, jobId);
    const after = chat.store.messages.find(jobId);
    const paramsOf = (message: Message | undefined) =>
      message?.kind === 'image' ? message.params : undefined;
    return { before: paramsOf(before), after: paramsOf(after), job: chat.waitingJobs()[0] };
  }

  function write(settings: Parameters<TestContext['store']['settings']['write']>[0]): void {
    chat.store.transaction(() => chat.store.settings.write(settings));
  }

  test('takes the nearest aspect ratio that it makes, in the row and in the job', () => {
    const { before, after, job } = paramsAfter('google', 'imagen');
    expect(before?.aspectRatio).toBe('21:9');
    expect(after?.aspectRatio).toBe('16:9');
    expect(job).toMatchObject({ params: { aspectRatio: '16:9' } });
  });

  test('drops a resolution that it does not offer', () => {
    write({ resolution: '4K' });
    const active = chat.context.activeProvider;
    chat.context.activeProvider = () => ({
      ...active(),
      ...(chat.world.provider === 'google' && { pictureModel: 'gemini-3-pro-image' }),
    });
    const { before, after } = paramsAfter('google', 'automatic1111');
    expect(before?.resolution).toBe('4K');
    expect(after).not.toHaveProperty('resolution');
  });

  test('takes on its diffusion settings, and drops them elsewhere', () => {
    const diffusion = { negativePrompt: 'blurry', steps: 31 };
    write({ diffusion });
    expect(paramsAfter('google', 'automatic1111').after).toMatchObject(diffusion);
    const { before, after } = paramsAfter('automatic1111', 'google');
    expect(before).toMatchObject(diffusion);
    expect(Object.keys(after ?? {}).toSorted()).toEqual(['aspectRatio', 'seed']);
  });

  test('keeps a chosen seed, and forgets that it was chosen where none is taken', () => {
    const { before, after } = paramsAfter('automatic1111', 'google', 41);
    expect(before).toMatchObject({ seed: 41, seedChosen: true });
    expect(after).toEqual({ aspectRatio: '21:9', seed: 41 });
  });

  test('keeps which picture it repeats', () => {
    const repeats = newId();
    expect(paramsAfter('google', 'automatic1111', undefined, repeats).after).toMatchObject({ repeats });
  });
});

test('retrying a picture that was paid for and not stored looks for it on disk first', () => {
  chat.world.provider = 'google';
  const job = startedJob(chat);
  const outcome = failedJob(job.jobId, 'picture_not_stored', 5, 33_600);
  settle(chat.context, { job, outcome, requestedAt: 1 });
  retry(chat.context, job.jobId);
  expect(chat.waitingJobs()).toMatchObject([{ kind: 'picture' }]);
  chat.world.hasFile = (file) => file === arrivalFile(job.requestId);
  expect(chat.waitingJobs()).toEqual([{ ...job, kind: 'recover' }]);
});

test('puts a reply that was cut off back into the queue, without its text, and broadcasts it', () => {
  const { jobId } = startedJob(chat, { text: '/image' });
  chat.store.messages.setStreaming(jobId, 'I can', 5);
  putBack(chat.context, jobId);
  const message = chat.store.messages.find(jobId);
  expect(message).toMatchObject({ status: 'pending', text: '', error: null });
  expect(chat.broadcasts['message:updated'].at(-1)).toEqual(message);
});

describe('cancel', () => {
  test.each(unfinished)('only requests a stop if a picture is %s', (status) => {
    const message = answerWith(status);
    chat.world.now += 100;
    const reply = cancel(chat.context, message.id);
    const after = { ...message, revision: message.revision + 1 };
    expect(reply).toEqual({ ok: true, value: after });
    expect(chat.store.messages.find(message.id)).toEqual(after);
    expect(chat.store.messages.unfinished()).toMatchObject([{ id: message.id, isStopRequested: true }]);
    expect(chat.calls.wakes).toBe(1);
    expect(chat.broadcasts['message:updated']).toEqual([]);
    expect(chat.store.outbox.count()).toBe(0);
  });

  test.each(messageStatuses.filter((status) => !unfinished.includes(status)))(
    'changes nothing if a picture is %s',
    (status) => {
      const message = answerWith(status);
      expect(cancel(chat.context, message.id)).toEqual({ ok: true, value: message });
      expect(chat.store.messages.find(message.id)).toEqual(message);
      // Otherwise a Retry would be stopped as it begins.
      retry(chat.context, message.id);
      expect(chat.store.messages.unfinished().every(({ isStopRequested }) => !isStopRequested)).toBe(true);
    },
  );

  test('of an unknown message is refused', () => {
    expect(cancel(chat.context, newId())).toMatchObject({ ok: false, code: 'not_found' });
    expect(chat.calls.wakes).toBe(0);
  });
});

describe('a dismissed failure', () => {
  const end = (status: 'failed' | 'cancelled' | 'limited' | 'interrupted') => {
    const { jobId } = startedJob(chat);
    chat.store.messages.setEnded(jobId, status, { code: 'refused', message: 'No.' }, 5);
    return jobId;
  };

  test.each(['failed', 'cancelled', 'limited', 'interrupted'] as const)(
    'that was %s keeps its row and its place, and comes back',
    (status) => {
      const id = end(status);
      const before = chat.store.messages.find(id);
      expect(dismiss(chat.context, id, true)).toMatchObject({
        ok: true,
        value: { isDismissed: true, status },
      });
      expect(chat.store.messages.find(id)?.seq).toBe(before?.seq);
      expect(dismiss(chat.context, id, false)).toMatchObject({ ok: true, value: { status } });
      expect(chat.store.messages.find(id)).not.toHaveProperty('isDismissed');
    },
  );

  test('is one no more when it is retried', () => {
    const id = end('failed');
    dismiss(chat.context, id, true);
    expect(retry(chat.context, id)).toMatchObject({ ok: true, value: { status: 'pending' } });
    expect(chat.store.messages.find(id)).not.toHaveProperty('isDismissed');
  });

  test('needs a failure: what waits and what has ended well stay', () => {
    const { jobId } = startedJob(chat);
    dismiss(chat.context, jobId, true);
    expect(chat.store.messages.find(jobId)).not.toHaveProperty('isDismissed');
    const [question] = sent(chat).messages;
    dismiss(chat.context, question?.id ?? '', true);
    expect(chat.store.messages.find(question?.id ?? '')).not.toHaveProperty('isDismissed');
  });

  test('is refused for a message that does not exist', () => {
    expect(dismiss(chat.context, newId(), true)).toMatchObject({ ok: false, code: 'not_found' });
  });
});
