import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { rememberModels } from '../../../shared/domain/listed-models';
import { newId } from '../db/new-id';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { type SendChanges, sendInput } from '../test-support/test-messages';
import { prefetch } from './prefetch';
import { retry } from './retry-and-cancel';
import { sendMessage } from './send-message';

let chat: TestContext;

beforeEach(() => {
  chat = openTestContext();
  chat.world.provider = 'google';
});

function send(text: string, changes: SendChanges = {}) {
  return sendMessage(chat.context, sendInput({ text, ...changes }));
}

function madePicture(): { id: string; conversationId: string } {
  const reply = send('draw a fox');
  const picture = reply.ok ? reply.value.messages[1] : undefined;
  if (!picture) throw new Error('no picture');
  const size = { width: 1, height: 1, bytes: 1, thumbhash: Uint8Array.of(1) };
  const facts = { file: 'images/a.png', ...size, provider: 'google', model: 'm' };
  chat.store.messages.setReady(picture.id, facts, chat.world.now);
  return picture;
}

test('makes any text with references a prompt and stores them in the row, the first as parent', () => {
  const [first, second] = [madePicture(), madePicture()];
  const reply = send('what if it were night?', { references: [first.id, second.id] });
  expect(reply).toMatchObject({
    ok: true,
    value: {
      messages: [
        { role: 'user' },
        {
          kind: 'image',
          prompt: 'what if it were night?',
          parentId: first.id,
          params: { references: [first.id, second.id] },
        },
      ],
    },
  });
  expect(chat.waitingJobs()).toMatchObject([{ references: [{ imageId: first.id }, { imageId: second.id }] }]);
  // Nothing of the gallery was made from the same pictures.
  expect(chat.store.messages.unfinished()).toMatchObject([{ isFresh: true }]);
});

test.each([
  ['no_references', 'painter', 1],
  ['too_many_references', 'automatic1111', 2],
  ['reference_gone', 'google', 1],
] as const)('refuses with %s and changes nothing', (code, provider, count) => {
  chat.world.provider = provider;
  const before = chat.store.messages.count();
  const references = Array.from({ length: count }, () => newId());
  expect(send('make it night', { references })).toMatchObject({ ok: false, code });
  expect(chat.store.messages.count()).toBe(before);
  expect(chat.store.conversations.count()).toBe(0);
});

test('refuses a reference in Trash', () => {
  const { id } = madePicture();
  const row = { file: 'images/a.png', width: 1, height: 1, bytes: 1, thumbhash: 'AQ==', prompt: 'a fox' };
  const facts = { provider: 'google', model: 'm', params: '{}', createdAt: 1 } as const;
  chat.store.userImages.insert({ ...row, ...facts, id, messageId: id });
  chat.store.trash.add(id, 2);
  expect(send('make it night', { references: [id] })).toMatchObject({ ok: false, code: 'reference_gone' });
});

test('refuses to retry an edit if the active provider takes no references', () => {
  const { id } = madePicture();
  const reply = send('make it night', { references: [id] });
  const edit = reply.ok ? reply.value.messages[1] : undefined;
  if (!edit) throw new Error('no edit');
  chat.store.messages.setEnded(edit.id, 'failed', { code: 'refused', message: 'No.' }, 1);
  const before = chat.store.messages.find(edit.id);
  chat.world.provider = 'painter';
  expect(retry(chat.context, edit.id)).toMatchObject({ ok: false, code: 'no_references' });
  expect(chat.store.messages.find(edit.id)).toEqual(before);
  chat.world.provider = 'google';
  expect(retry(chat.context, edit.id)).toMatchObject({ ok: true });
});

test('sends text that refers to an earlier picture to the text model if there is one', () => {
  const { conversationId } = madePicture();
  const kinds = (changes: SendChanges) => {
    const reply = send('make the picture darker', changes);
    return reply.ok ? reply.value.messages.map(({ kind }) => kind) : reply.code;
  };
  expect(kinds({ conversationId })).toEqual(['text', 'text']);
  expect(kinds({})).toEqual(['text', 'image']);
  expect(kinds({ conversationId, mode: 'picture' })).toEqual(['text', 'image']);
  chat.world.provider = 'painter';
  expect(kinds({ conversationId })).toEqual(['text', 'image']);
});

describe('a model that changes pictures', () => {
  const changer = { id: 'changer', label: 'Changer', makes: 'pictures', needsReference: true } as const;

  beforeEach(() => {
    rememberModels('google', 'google', [changer]);
    onTestFinished(() => rememberModels('google', 'google', []));
    const active = chat.context.activeProvider;
    chat.context.activeProvider = () => ({ ...active(), pictureModel: changer.id });
  });

  test('is not asked with words alone, and nothing is stored', () => {
    expect(send('draw a fox')).toMatchObject({ ok: false, code: 'reference_needed' });
    expect(send('what a day', { mode: 'picture' })).toMatchObject({ ok: false, code: 'reference_needed' });
    expect(chat.store.messages.count()).toBe(0);
    expect(chat.store.conversations.count()).toBe(0);
  });

  test('is asked with a picture', () => {
    const active = chat.context.activeProvider;
    chat.context.activeProvider = () => ({ ...active(), pictureModel: 'gemini-nano-banana-2.1' });
    const { id } = madePicture();
    chat.context.activeProvider = active;
    const sent = { ok: true, value: { messages: [{}, { model: changer.id }] } };
    expect(send('make it night', { references: [id] })).toMatchObject(sent);
  });

  test('lets a question go to the text model', () => {
    expect(send('what can you do?')).toMatchObject({ ok: true, value: { messages: [{}, { kind: 'text' }] } });
  });

  test('is named if it is one of several', () => {
    const models = ['changer', 'gemini-nano-banana-2.1'].map((model) => ({ serviceId: 'google', model }));
    const reply = send('draw a fox', { models, count: 2 });
    expect(reply).toMatchObject({ ok: false, code: 'reference_needed' });
    expect(reply.ok ? '' : reply.message).toContain('untick');
  });

  test('is neither prefetched nor asked again for a picture of words', () => {
    chat.store.transaction(() => chat.store.settings.write({ prefetchBilled: true }));
    prefetch(chat.context, { text: 'a red fox at dawn', mode: 'picture', aspectRatio: '1:1' });
    expect(chat.prefetches.started).toEqual([]);
    const active = chat.context.activeProvider;
    chat.context.activeProvider = () => ({ ...active(), pictureModel: 'gemini-nano-banana-2.1' });
    const reply = send('draw a fox');
    const picture = reply.ok ? reply.value.messages[1] : undefined;
    if (!picture) throw new Error('no picture');
    chat.store.messages.setEnded(picture.id, 'failed', { code: 'refused', message: 'No.' }, 1);
    chat.context.activeProvider = active;
    expect(retry(chat.context, picture.id)).toMatchObject({ ok: false, code: 'reference_needed' });
    expect(chat.store.messages.find(picture.id)).toMatchObject({ status: 'failed' });
  });
});
