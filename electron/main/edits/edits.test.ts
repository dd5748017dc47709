// Changes in work: their masks on disk, what is kept and forgotten, and what a message takes over.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IpcMainInvokeEvent } from 'electron';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Edit, type Frame, maskFile, masksFolder } from '../../../shared/domain/edits';
import { failureButtons } from '../../../shared/domain/failure-actions';
import { readMaskSize } from '../../../shared/domain/mask-bytes';
import { writePngChunk } from '../../../shared/domain/picture-bytes/png';
import { retry } from '../chat/retry-and-cancel';
import { sendMessage } from '../chat/send-message';
import { newId } from '../db/new-id';
import { tidyMasks } from '../storage/tidy-masks';
import { testDatabaseFile } from '../test-support/open-test-context';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { grayPng, halfMask } from '../test-support/test-masks';
import { sendInput, sent } from '../test-support/test-messages';
import { createEditHandlers } from './edit-handlers';

/** The handlers do not use the sender. */
const noSender = {} as IpcMainInvokeEvent;
const dayMs = 24 * 60 * 60 * 1000;

let file: string;
let dataFolder: string;
let chat: TestContext;
let imageId: string;

beforeEach(() => {
  file = testDatabaseFile();
  dataFolder = path.dirname(file);
  chat = open();
  // The painter does not accept reference pictures.
  chat.world.provider = 'google';
  imageId = picture(chat);
});

function open(): TestContext {
  const opened = createTestContext(file);
  opened.world.hasFile = (name) => existsSync(path.join(dataFolder, name));
  onTestFinished(() => opened.store.close());
  return opened;
}

/** Adds a picture of 8 by 6 pixels to the gallery. */
function picture({ store }: TestContext, size = { width: 8, height: 6 }): string {
  const id = newId();
  store.userImages.insert({
    ...{ id, messageId: id, file: `images/ab/${id}.png`, ...size, bytes: 1, thumbhash: '' },
    ...{ prompt: 'a fox', provider: 'google', model: 'm', params: '{}', createdAt: 1 },
  });
  return id;
}

const ofChat = new WeakMap<TestContext, ReturnType<typeof createEditHandlers>>();

/** One set for each context, as in the app. */
function handlers(of = chat) {
  const known =
    ofChat.get(of) ??
    createEditHandlers({
      ...{ ...of.context, dataFolder, outbox: of.outbox, signal: new AbortController().signal },
      generator: { changeHere: () => Promise.reject(new Error('Nothing is changed here.')) },
    });
  ofChat.set(of, known);
  return known;
}

async function keep(changes: {
  mask?: Uint8Array | null;
  frame?: Frame | null;
  words?: string;
  id?: string;
}) {
  const { mask = halfMask(8, 6), frame = null, words = 'a hat', id = newId() } = changes;
  const reply = await handlers()['edits:keep-draft'](
    { imageId, mask: mask && { id, bytes: mask }, frame, words },
    noSender,
  );
  return { id, reply };
}

async function draft(of = chat) {
  const reply = await handlers(of)['edits:draft']({ imageId }, noSender);
  return reply.ok ? reply.value : reply.code;
}

const masks = () =>
  existsSync(path.join(dataFolder, masksFolder)) ? readdirSync(path.join(dataFolder, masksFolder)) : [];

describe('a change in work', () => {
  const frame = { left: 0, top: 0, right: 4, bottom: 0 };

  test('is there after a restart, with its mask', async () => {
    const { id, reply } = await keep({ frame });
    expect(reply).toEqual({ ok: true, value: null });
    chat.store.close();
    const next = open();
    expect(await draft(next)).toEqual({ imageId, mask: id, frame, words: 'a hat' });
    const bytes = await handlers(next)['edits:mask']({ maskId: id }, noSender);
    expect(bytes.ok && Buffer.from(bytes.value).equals(halfMask(8, 6))).toBe(true);
  });

  test('is the last one that was kept, and none after it was forgotten', async () => {
    await keep({});
    const second = keep({ words: 'a crown' });
    const third = keep({ mask: null, frame, words: 'a sea' });
    await Promise.all([second, third]);
    expect(await draft()).toEqual({ imageId, mask: null, frame, words: 'a sea' });
    await handlers()['edits:forget-draft']({ imageId }, noSender);
    expect(await draft()).toBeNull();
  });

  test('forgotten while its mask is written stays forgotten', async () => {
    await Promise.all([keep({}), handlers()['edits:forget-draft']({ imageId }, noSender)]);
    expect(await draft()).toBeNull();
  });

  test('can be kept again without the bytes of its mask, unless they are gone', async () => {
    const { id } = await keep({});
    const again = { imageId, mask: { id }, frame: null, words: 'a crown' };
    expect(await handlers()['edits:keep-draft'](again, noSender)).toMatchObject({ ok: true });
    expect(await draft()).toMatchObject({ mask: id, words: 'a crown' });
    rmSync(path.join(dataFolder, maskFile(id)));
    expect(await handlers()['edits:keep-draft'](again, noSender)).toMatchObject({ code: 'mask_gone' });
    // The editor says that it cannot be shown.
    expect(await draft()).toMatchObject({ mask: id, words: 'a crown' });
    expect(await handlers()['edits:mask']({ maskId: id }, noSender)).toMatchObject({ code: 'not_found' });
  });

  test('needs a picture', async () => {
    imageId = newId();
    expect((await keep({})).reply).toMatchObject({ code: 'not_found' });
    expect(masks()).toEqual([]);
  });
});

describe('a mask', () => {
  const gray = (changes: Parameters<typeof grayPng>[3]) => grayPng(8, 6, () => 255, changes);
  test.each<[string, () => Uint8Array]>([
    ['of another size', () => halfMask(6, 8)],
    ['that is no picture', () => new TextEncoder().encode('<svg/>')],
    ['that is empty', () => new Uint8Array(0)],
    ['in colour', () => gray({ colourType: 2 })],
    ['with an alpha channel', () => gray({ colourType: 4 })],
    ['of a palette', () => gray({ colourType: 3 })],
    ['of 16 bits', () => gray({ bitDepth: 16 })],
    ['of one bit', () => gray({ bitDepth: 1 })],
    ['that is interlaced', () => gray({ interlacing: 1 })],
    ['with a gamma of its own', () => gray({ further: [writePngChunk('gAMA', new Uint8Array(4))] })],
    ['with a transparent gray', () => gray({ further: [writePngChunk('tRNS', new Uint8Array(2))] })],
    ['that breaks off', () => halfMask(8, 6).subarray(0, -12)],
    ['of a JPEG', () => Uint8Array.from([0xff, 0xd8, 0xff, 0xe0])],
  ])('%s is refused, and nothing is written', async (_what, make) => {
    expect((await keep({ mask: make() })).reply).toMatchObject({ code: 'bad_request' });
    expect(masks()).toEqual([]);
    expect(await draft()).toBeNull();
  });

  test('has the size that its header says', () => {
    expect(readMaskSize(halfMask(8, 6))).toEqual({ width: 8, height: 6 });
    expect(readMaskSize(grayPng(3, 1, () => 0))).toEqual({ width: 3, height: 1 });
  });

  test('is never overwritten', async () => {
    const { id } = await keep({});
    await keep({ id, mask: grayPng(8, 6, () => 7) });
    expect(readFileSync(path.join(dataFolder, maskFile(id))).equals(halfMask(8, 6))).toBe(true);
  });
});

describe('a message with a change', () => {
  const send = (edit: Edit, changes: Parameters<typeof sendInput>[0] = {}) =>
    sendMessage(chat.context, sendInput({ text: 'a hat', references: [imageId], edit, ...changes }));

  test('keeps it in the parameters of each picture, with its parent, and forgets the draft', async () => {
    const { id: mask } = await keep({});
    const { messages } = sent(chat, { text: 'a hat', references: [imageId], edit: { mask }, count: 2 });
    expect(messages.slice(1)).toMatchObject([
      { parentId: imageId, params: { references: [imageId], edit: { mask } } },
      { parentId: imageId, params: { references: [imageId], edit: { mask } } },
    ]);
    expect(await draft()).toBeNull();
    expect(chat.waitingJobs()).toMatchObject([
      { params: { edit: { mask } } },
      { params: { edit: { mask } } },
    ]);
  });

  test('sent again, is stored once and leaves the next change alone', async () => {
    const { id: mask } = await keep({});
    const input = sendInput({ text: 'a hat', references: [imageId], edit: { mask } });
    const first = sendMessage(chat.context, input);
    // The renderer repeats what it has kept before the reply.
    await keep({ id: mask });
    expect(await draft()).toBeNull();
    const next = await keep({ words: 'a crown' });
    expect(sendMessage(chat.context, input)).toEqual(first);
    expect(await draft()).toMatchObject({ mask: next.id, words: 'a crown' });
  });

  test('is refused when its mask is not on disk', () => {
    expect(send({ mask: newId() })).toMatchObject({ code: 'mask_gone' });
  });

  test('is refused when its frame makes the picture too large', () => {
    const frame = { left: 0, top: 0, right: 0, bottom: 0 };
    expect(send({ frame: { ...frame, right: 16_377 } })).toMatchObject({ code: 'frame_too_large' });
    expect(send({ frame: { ...frame, right: 16_000, bottom: 16_000 } })).toMatchObject({
      code: 'frame_too_large',
    });
    expect(send({ frame: { ...frame, right: 16_376 } })).toMatchObject({ ok: true });
  });
});

describe('the support of a model for a part', () => {
  const answerOf = (edit: Edit) => sent(chat, { text: 'a hat', references: [imageId], edit }).messages.at(-1);

  test.each<[string, string, string | null]>([
    ['google', 'gemini-nano-banana-2.1', 'marked'],
    ['openai', 'gpt-image-2', 'guided'],
    ['automatic1111', 'current', null],
  ])('is said with the picture from its placeholder on: %s', async (provider, _model, support) => {
    chat.world.provider = provider;
    const { id } = await keep({});
    const message = answerOf({ mask: id });
    const notes =
      support === null
        ? undefined
        : [{ code: 'part_not_exact', sentence: { id: `services.part_${support}` } }];
    expect(message).toMatchObject({ kind: 'image' });
    expect(message?.kind === 'image' ? message.notes : null).toEqual(notes);
  });

  test('is refused before anything is sent if it takes neither masks nor pictures', async () => {
    chat.world.provider = 'painter';
    const { id } = await keep({});
    const input = sendInput({ text: 'a hat', references: [imageId], edit: { mask: id } });
    expect(sendMessage(chat.context, input)).toMatchObject({ code: 'no_edits' });
    expect(chat.store.messages.find(input.questionId)).toBeUndefined();
    expect(await draft()).toMatchObject({ mask: id });
    expect(
      failureButtons('no_edits', { replacement: 'none', takesKey: true, isOwnServer: false }).shown[0],
    ).toBe('choose-model');
  });

  test('gives the picture the shape of the original with its frame', () => {
    const frame = { left: 4, top: 0, right: 4, bottom: 0 };
    expect(answerOf({ frame })).toMatchObject({ params: { aspectRatio: '21:9' } });
    expect(answerOf({ frame: { ...frame, bottom: 10 } })).toMatchObject({ params: { aspectRatio: '1:1' } });
  });

  test('is kept with its mask by a retry with another model', async () => {
    const { id } = await keep({});
    const message = answerOf({ mask: id });
    const messageId = message?.id ?? '';
    chat.store.messages.setEnded(messageId, 'failed', { code: 'timed_out', message: 'x' }, 1);
    chat.world.provider = 'openai';
    expect(retry(chat.context, messageId)).toMatchObject({
      ...{ ok: true, value: { provider: 'openai', params: { edit: { mask: id }, references: [imageId] } } },
    });
  });
});

describe('unused masks', () => {
  const tidy = () =>
    tidyMasks({
      ...{ store: chat.store, dataFolder, signal: new AbortController().signal, pause: async () => {} },
      clock: { retentionTime: () => Date.now() + 2 * dayMs } as Parameters<typeof tidyMasks>[0]['clock'],
    });

  test('are removed after a day, and those of drafts, messages and pictures are kept', async () => {
    const unused = await keep({});
    const inMessage = await keep({});
    sent(chat, { text: 'a hat', references: [imageId], edit: { mask: inMessage.id } });
    const inPicture = await keep({});
    const edited = picture(chat);
    chat.store.userImages.insert({
      ...{
        id: newId(),
        messageId: edited,
        file: 'images/ab/x.png',
        width: 8,
        height: 6,
        bytes: 1,
        thumbhash: '',
      },
      ...{ prompt: '', provider: 'google', model: '', createdAt: 1 },
      params: JSON.stringify({ aspectRatio: '1:1', seed: 1, edit: { mask: inPicture.id } }),
    });
    const inDraft = await keep({});
    writeFileSync(path.join(dataFolder, `${maskFile(newId())}.part`), 'half');
    expect(await tidy()).toBe(2);
    expect(masks().toSorted()).toEqual(
      [inMessage, inPicture, inDraft].map(({ id }) => path.basename(maskFile(id))).toSorted(),
    );
    expect(masks()).not.toContain(path.basename(maskFile(unused.id)));
  });

  test('younger than a day are kept', async () => {
    await keep({});
    await handlers()['edits:forget-draft']({ imageId }, noSender);
    const [name = ''] = masks();
    const soon = new Date(Date.now() + 2 * dayMs - 1000);
    utimesSync(path.join(dataFolder, masksFolder, name), soon, soon);
    expect(await tidy()).toBe(0);
    expect(masks()).toEqual([name]);
  });

  test('are no reason for a folder', async () => {
    mkdirSync(path.join(dataFolder, 'other'));
    expect(await tidy()).toBe(0);
    expect(existsSync(path.join(dataFolder, masksFolder))).toBe(false);
  });
});
