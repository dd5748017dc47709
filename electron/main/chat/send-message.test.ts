import { beforeEach, describe, expect, test } from 'vitest';
import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import { maxSeed } from '../../../shared/domain/models';
import { newId } from '../db/new-id';
import { openPlain } from '../db/test-database';
import { openTestContext, testDatabaseFile } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { type SendChanges, sendInput } from '../test-support/test-messages';
import { sendMessage } from './send-message';

let chat: TestContext;
let file: string;

beforeEach(() => {
  file = testDatabaseFile();
  chat = openTestContext(file);
});

const sunset = { text: 'generate image of sunset', aspectRatio: '3:2' } as const;

function send(changes: SendChanges = {}) {
  return sendMessage(chat.context, sendInput({ ...sunset, ...changes }));
}

function sent(changes: SendChanges = {}) {
  const reply = send(changes);
  if (!reply.ok) throw new Error(reply.message);
  return reply.value;
}

function draftOf(questionId: string) {
  return {
    questionId,
    text: 'a sunset',
    mode: 'auto',
    model: null,
    options: {},
    aspectRatio: null,
    followsPicture: true,
    count: 1,
    seed: null,
  } as const;
}

function pictures(messages: Message[]): PictureMessage[] {
  return messages.filter((message) => message.kind === 'image');
}

/** Returns every row of the database. */
function everything(): unknown {
  const database = openPlain(file);
  const tables = [
    'conversations',
    'messages',
    'outbox',
    'user_images',
    'image_generation_log',
    'charges',
    'settings',
    'view_state',
    'drafts',
  ];
  const rows = tables.map((table) => database.prepare(`SELECT * FROM ${table}`).all());
  database.close();
  return rows;
}

describe('a request for a picture', () => {
  test('replies with the question and a placeholder, which are both on disk', () => {
    const { conversation, messages } = sent();
    const [question, placeholder] = messages;
    expect(messages).toHaveLength(2);
    expect(question).toMatchObject({ role: 'user', kind: 'text', text: 'generate image of sunset' });
    expect(question?.status).toBe('ready');
    expect(placeholder).toMatchObject({
      role: 'assistant',
      kind: 'image',
      status: 'pending',
      prompt: 'sunset',
      provider: 'painter',
      model: 'painter-1',
      image: null,
      error: null,
      params: { aspectRatio: '3:2', seed: 2 ** 30 },
      createdAt: chat.world.now,
    });
    expect(chat.store.conversations.find(conversation.id)).toEqual(conversation);
    expect(chat.store.messages.page(conversation.id, null, 10).messages).toEqual(messages);
  });

  test('has one placeholder per picture, in one group, each with its own id and seed', () => {
    let draws = 0;
    chat.context.random = () => (draws++ % 10) / 10;
    const { messages } = sent({ count: 4 });
    const placeholders = pictures(messages);
    expect(placeholders).toHaveLength(4);
    expect(new Set(placeholders.map(({ groupId }) => groupId)).size).toBe(1);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(5);
    expect(new Set(placeholders.map(({ params }) => params.seed)).size).toBe(4);
    // The order of ids is the order of the request.
    expect(messages.map(({ id }) => id)).toEqual(messages.map(({ id }) => id).toSorted());
  });

  test.each([0, 1 - Number.EPSILON / 2])('has a valid seed for the random number %f', (random) => {
    chat.world.random = random;
    const [placeholder] = pictures(sent().messages);
    expect(placeholder?.params.seed).toBeGreaterThanOrEqual(0);
    expect(placeholder?.params.seed).toBeLessThanOrEqual(2_147_483_647);
    expect(Number.isInteger(placeholder?.params.seed)).toBe(true);
  });

  test('goes to the active provider', () => {
    chat.world.provider = 'google';
    expect(pictures(sent().messages)[0]).toMatchObject({
      provider: 'google',
      model: 'gemini-nano-banana-2.1',
    });
  });

  test('has the nearest aspect ratio that the model makes', () => {
    chat.world.provider = 'imagen';
    expect(pictures(sent({ aspectRatio: '21:9' }).messages)[0]?.params.aspectRatio).toBe('16:9');
  });

  test('has the size of the settings if the model offers it or is unknown', () => {
    chat.world.provider = 'google';
    chat.store.transaction(() => chat.store.settings.write({ resolution: '4K' }));
    const active = chat.context.activeProvider();
    const sizeWith = (pictureModel: string) => {
      chat.context.activeProvider = () => ({ ...active, pictureModel });
      return pictures(sent().messages)[0]?.params.resolution;
    };
    expect(sizeWith('gemini-3-pro-image')).toBe('4K');
    expect(sizeWith('gemini-3.1-flash-lite-image')).toBeUndefined();
    expect(sizeWith('gemini-of-next-year')).toBe('4K');
  });

  test('takes any text as the prompt in picture mode', () => {
    expect(pictures(sent({ text: 'how are you', mode: 'picture' }).messages)[0]?.prompt).toBe('how are you');
  });

  test.each(['dragon', 'the Eiffel tower', 'ein Drache', '龙', 'what can you do?'])(
    'takes %j as the prompt where nobody can reply',
    (text) => {
      expect(pictures(sent({ text }).messages)[0]?.prompt).toBe(text);
    },
  );

  test('by the painter says from the start what it will not show', () => {
    const [placeholder] = pictures(sent({ text: 'a fox on a bicycle' }).messages);
    const notes = [{ code: 'not_drawn', words: ['bicycle'] }];
    expect(placeholder?.notes).toEqual(notes);
    expect(chat.store.messages.find(placeholder?.id ?? '')).toMatchObject({ notes });
    expect(pictures(sent({ text: 'a fox at dawn' }).messages)[0]?.notes).toBeUndefined();
    chat.world.provider = 'google';
    expect(pictures(sent({ text: 'a fox on a bicycle' }).messages)[0]?.notes).toBeUndefined();
  });
});

describe('a question', () => {
  test('is answered with an empty, pending reply', () => {
    chat.world.provider = 'google';
    const { messages } = sent({ text: '  what can you do?  ', count: 4 });
    expect(messages).toHaveLength(2);
    expect(messages[0]).toMatchObject({ role: 'user', text: 'what can you do?', status: 'ready' });
    expect(messages[1]).toMatchObject({ role: 'assistant', kind: 'text', text: '', status: 'pending' });
  });
});

describe('the work that follows', () => {
  test('is left to the dispatcher, which is told once', () => {
    sent({ count: 3 });
    expect(chat.calls.wakes).toBe(1);
    expect(chat.broadcasts['message:updated']).toEqual([]);
    expect(chat.store.charges.spent(0)).toBe(0);
    expect(chat.store.messages.unfinished().map(({ status, requestId }) => [status, requestId])).toEqual(
      Array.from({ length: 3 }, () => ['pending', null]),
    );
  });

  test('is one job per picture with everything that it needs', () => {
    const placeholders = pictures(sent({ count: 3, aspectRatio: '9:16' }).messages);
    expect(chat.waitingJobs()).toEqual(
      placeholders.map(({ id, provider, model, prompt, params }) => ({
        kind: 'picture',
        jobId: id,
        requestId: expect.any(String),
        provider,
        model,
        prompt,
        params,
      })),
    );
  });

  test('is a text job with the question', () => {
    chat.world.provider = 'google';
    const { messages } = sent({ text: 'what can you do?' });
    expect(chat.waitingJobs()).toEqual([
      {
        kind: 'text',
        jobId: messages[1]?.id,
        requestId: expect.any(String),
        provider: 'google',
        model: 'gemini-3.8-flash',
        text: 'what can you do?',
        history: [],
      },
    ]);
  });

  test.each([
    ['may be answered from the gallery', {}, false],
    ['must be made if a new picture is requested', { fresh: true }, true],
  ])('%s', (_what, changes, isFresh) => {
    sent(changes);
    expect(chat.store.messages.unfinished()).toMatchObject([{ isFresh }]);
  });

  test('keep which picture they repeat, each of them', () => {
    const repeats = newId();
    const { messages } = sent({ repeats, answerIds: [newId(), newId()] });
    const pictures = messages.filter(({ kind }) => kind === 'image');
    expect(pictures).toMatchObject([{ params: { repeats } }, { params: { repeats } }]);
  });
});

describe('the conversation', () => {
  test('is new if it does not exist, with a title from the text', () => {
    const conversationId = newId();
    const { conversation } = sent({ conversationId, isNew: true, text: '/image   a boat\nin fog' });
    expect(conversation).toMatchObject({ id: conversationId, title: 'a boat in fog', pinned: false });
    expect(conversation).toMatchObject({ createdAt: chat.world.now, updatedAt: chat.world.now });
  });

  test.each([
    ['generate an image of a sunset', 'a sunset'],
    ['/image two owls', 'two owls'],
    ['Please draw me a lighthouse in a storm', 'a lighthouse in a storm'],
  ])('of pictures has the prompt as its title: %s', (text, title) => {
    expect(sent({ text }).conversation.title).toBe(title);
  });

  test('continues if it exists, keeps its title and moves to the top', () => {
    const first = sent().conversation;
    chat.world.now += 1;
    const second = sent().conversation;
    chat.world.now += 1;
    const again = sent({ conversationId: first.id, text: 'draw a fox' });
    expect(again.conversation).toMatchObject({
      ...{ id: first.id, title: first.title, createdAt: first.createdAt, updatedAt: chat.world.now },
      activity: second.activity + 1,
    });
    expect(again.messages.every(({ conversationId }) => conversationId === first.id)).toBe(true);
    expect(chat.store.messages.page(first.id, null, 10).messages).toHaveLength(4);
    expect(chat.store.conversations.newest(10).map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  test('continues, and keeps its title, if it was not known yet that it exists', () => {
    const first = sent();
    const again = sent({ conversationId: first.conversation.id, isNew: true, text: 'draw a fox' });
    expect(again.conversation.title).toBe(first.conversation.title);
    expect(chat.store.conversations.count()).toBe(1);
    expect(again.messages.map(({ seq }) => seq)).toEqual([3, 4]);
  });
});

describe('a message that is refused changes nothing', () => {
  test.each(['', '   ', '\n\t\u00a0'])('if its text is the empty %j', (text) => {
    const before = everything();
    expect(send({ text, mode: 'picture' })).toMatchObject({ ok: false, code: 'empty_message' });
    expect(everything()).toEqual(before);
    expect(chat.calls.wakes).toBe(0);
  });

  test('if its conversation is unknown and not new', () => {
    const before = everything();
    expect(send({ conversationId: newId(), isNew: false })).toMatchObject({ ok: false, code: 'not_found' });
    expect(everything()).toEqual(before);
    expect(chat.calls.wakes).toBe(0);
  });

  test.each([true, false])('if its conversation is deleted (isNew: %s)', (isNew) => {
    const { conversation } = sent();
    chat.store.conversations.delete(conversation.id, 5);
    chat.calls.wakes = 0;
    const before = everything();
    chat.world.now += 1_000;
    const reply = send({ conversationId: conversation.id, isNew });
    expect(reply).toMatchObject({ ok: false, code: 'not_found' });
    expect(everything()).toEqual(before);
    expect(chat.calls.wakes).toBe(0);
  });

  test('if its last insert fails', () => {
    const { conversation } = sent();
    chat.calls.wakes = 0;
    const database = openPlain(file);
    database.exec(`CREATE TRIGGER full_disk BEFORE INSERT ON messages
      WHEN (SELECT count(*) FROM messages WHERE kind = 'image') = 4
      BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
    database.close();
    const questionId = newId();
    chat.store.transaction(() =>
      chat.store.drafts.set(newId(), { ...draftOf(questionId), references: [], models: [], styles: [] }),
    );
    const before = everything();
    chat.world.now += 1_000;
    const input = { count: 4, isDraft: true, questionId };
    expect(() => send({ ...input, conversationId: conversation.id })).toThrow('the disk is full');
    expect(() => send(input)).toThrow('the disk is full');
    expect(everything()).toEqual(before);
    expect(chat.calls.wakes).toBe(0);

    expect(send({ ...input, count: 3 }).ok).toBe(true);
  });
});

test('stores hostile text unchanged', () => {
  const text = `draw '); DROP TABLE messages; -- "\\ % _ \u0000 \ud800 👩‍👩‍👧 <script>`;
  const { conversation, messages } = sent({ text });
  const [stored] = chat.store.messages.page(conversation.id, null, 10).messages;
  expect(messages).toHaveLength(2);
  // A lone surrogate cannot be stored as UTF-8; nothing else is changed.
  expect(stored).toMatchObject({ text: text.replace('\ud800', '\ufffd') });
});

describe('a seed that the user chose', () => {
  test('counts up over the pictures of the request and is marked as chosen', () => {
    const seeds = pictures(sent({ seed: 41, count: 3 }).messages).map(({ params }) => params);
    expect(seeds).toEqual([41, 42, 43].map((seed) => ({ aspectRatio: '3:2', seed, seedChosen: true })));
  });

  test('starts over after the maximum', () => {
    const seeds = pictures(sent({ seed: maxSeed, count: 2 }).messages).map(({ params }) => params.seed);
    expect(seeds).toEqual([maxSeed, 0]);
  });

  test('is ignored for a provider that takes none', () => {
    chat.world.provider = 'google';
    const [picture] = pictures(sent({ seed: 41 }).messages);
    expect(picture?.params).toEqual({ aspectRatio: '3:2', seed: 2 ** 30 });
  });
});
