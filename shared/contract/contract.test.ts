// Tests that every request accepts valid input and rejects everything else.
import { describe, expect, test } from 'vitest';
import { everyPicture } from '../domain/gallery-query';
import { contract, type RequestName } from './index';

const id = '01930000-0000-7000-8000-0000000000ab';

const workflow = {
  graph: { '1': { class_type: 'SaveImage', inputs: { images: ['2', 0] } } },
  places: { prompt: [{ node: '1', input: 'text' }] },
};

/** A valid input for each request. */
const good: Record<RequestName, Record<string, unknown>> = {
  'app:start': {},
  'app:ping': {},
  'chat:send': {
    ...{ conversationId: id, isNew: true, questionId: id, answerIds: [id], isDraft: true },
    ...{ text: 'draw a fox', mode: 'auto', aspectRatio: '1:1' },
  },
  'chat:prefetch': { text: 'draw a fox', mode: 'auto', aspectRatio: '1:1' },
  'chat:preview': { conversationId: id, text: 'draw a fox', mode: 'picture', aspectRatio: '1:1' },
  'chat:stop-prefetch': {},
  'styles:list': {},
  'styles:save': {
    style: { id, name: 'Ink', prompt: 'ink drawing of {prompt}', negativePrompt: '', pictureId: null },
  },
  'styles:move': { id, before: null },
  'styles:remove': { id },
  'styles:import': {
    styles: [{ name: 'Ink', prompt: 'ink drawing', negativePrompt: '' }],
    duplicates: 'skip',
  },
  'styles:export': {},
  'messages:list': { conversationId: id, before: null },
  'messages:list-after': { conversationId: id, after: 0, limit: 60 },
  'messages:find': { messageId: id },
  'messages:retry': { messageId: id },
  'messages:regenerate': { messageId: id, answerId: id },
  'messages:show-version': { messageId: id },
  'messages:dismiss': { messageId: id, isUndo: false },
  'messages:cancel': { messageId: id },
  'workflows:list': { service: 'comfyui' },
  'workflows:save': { service: 'comfyui', workflow: { name: 'Mine', ...workflow } },
  'workflows:remove': { service: 'comfyui', name: 'Mine' },
  'workflows:files': { service: 'comfyui', classes: ['VAELoader'] },
  'links:open': { url: 'https://example.org/a?b=c#d' },
  'conversations:list': { limit: 100 },
  'conversations:search': { text: 'fox', limit: 100 },
  'conversations:covers': { conversationIds: [id] },
  'conversations:rename': { conversationId: id, title: 'Title' },
  'conversations:pin': { conversationId: id, pinned: true },
  'conversations:delete': { conversationId: id },
  'conversations:restore': { conversationId: id, isUndo: true },
  'gallery:index': { query: everyPicture, isStacked: true, after: { position: '7', key: null }, limit: 200 },
  'gallery:matching': { query: everyPicture, ids: [id] },
  'gallery:months': {},
  'gallery:tiles': { ids: [id] },
  'gallery:facets': {},
  'gallery:unindexed': {},
  'gallery:unread': { imageId: id },
  'gallery:stacks': { query: everyPicture, ids: [id] },
  'gallery:separate': { imageId: id, isSeparate: true },
  'gallery:count': { query: everyPicture },
  'gallery:nearest-time': { query: { ...everyPicture, period: 'last_week' } },
  'images:favourite': { imageIds: [id], favourite: true },
  'collections:list': {},
  'collections:create': { name: 'Foxes', query: null, imageIds: [id] },
  'collections:rename': { collectionId: id, name: 'Foxes' },
  'collections:delete': { collectionId: id },
  'collections:restore': { collectionId: id },
  'collections:add': { collectionId: id, imageIds: [id] },
  'collections:remove': { collectionId: id, imageIds: [id] },
  'images:facts': { imageId: id },
  'images:family': { imageId: id },
  'images:copy': { imageId: id },
  'images:delete-many': { imageIds: [id] },
  'images:restore-many': { imageIds: [id] },
  'images:drag-out': { imageIds: [id], icon: { x: 0, y: 0, width: 96, height: 64 } },
  'engine:status': {},
  'engine:download': { model: 'z-image-turbo-q4' },
  'engine:pause': { model: 'z-image-turbo-q4' },
  'engine:cancel': { model: 'z-image-turbo-q4' },
  'engine:remove': { id: 'z-image-turbo-q4' },
  'engine:add-address': { url: 'https://example.com/model.gguf', sha256: 'a'.repeat(64), role: 'model' },
  'engine:choose-model': {},
  'engine:choose-engine': {},
  'engine:forget-own': {},
  'export:start': { imageIds: [id], as: 'zip' },
  'export:cancel': {},
  'export:everything': {},
  'export:bring-in': {},
  'export:save-copies': { imageIds: [id] },
  'images:save-copy': { imageId: id },
  'pictures:save-kept': { messageId: id },
  'images:share': { imageId: id },
  'images:show-in-folder': { imageId: id },
  'images:delete': { imageId: id },
  'images:restore': { imageId: id },
  'images:repair': { imageId: id },
  'images:locate': { imageId: id },
  'folders:list': {},
  'folders:choose': {},
  'folders:watch': { choiceId: id, mode: 'copy', subfolders: true },
  'folders:set-enabled': { folderId: id, enabled: false },
  'folders:look': { folderId: id },
  'folders:remove': { folderId: id },
  'folders:show': { folderId: id },
  'import:start': { offerId: id, mode: 'copy' },
  'import:cancel': {},
  'suggestions:list': { conversationId: id, isNew: false },
  'suggestions:ask': { id, conversationId: id, kind: 'improve', text: 'a fox', attached: 0 },
  'suggestions:stop': { id },
  'suggestions:edit': { id, text: 'a fox at dawn' },
  'suggestions:close': { ids: [id], isUndo: false },
  'trash:list': { limit: 100 },
  'trash:measure': {},
  'trash:empty': {},
  'trash:delete': { imageId: id },
  'storage:read': {},
  'storage:show-recovery': {},
  'settings:set': { theme: 'dark' },
  'view-state:set': { sidebar: 'closed' },
  'windows:open': { place: { kind: 'chat', conversationId: id } },
  'windows:claim-chat': { conversationId: id },
  'windows:go-to-chat': { conversationId: id, messageId: null },
  'windows:chat-shown': { openChat: id, newChat: id },
  'windows:painted': {},
  'windows:view-shown': { view: 'gallery' },
  'desktop:paste': {},
  'drafts:set': { conversationId: id, draft: null },
  'drafts:set-edit': { messageId: id, draft: null },
  'edits:draft': { imageId: id },
  'edits:mask': { maskId: id },
  'edits:keep-draft': {
    ...{ imageId: id, words: 'a hat' },
    ...{ mask: { id }, frame: { left: 0, top: 0, right: 0, bottom: 9 } },
  },
  'edits:forget-draft': { imageId: id },
  'edits:change-here': {
    ...{ imageId: id, newImageId: id },
    change: { quarterTurns: 1, mirrored: false, straighten: 0, crop: null, scale: 1 },
  },
  'diagnostics:read': {},
  'services:find-local': {},
  'services:add': { kind: 'openai', name: 'Work' },
  'services:change': { id: 'openai-2', changes: { enabled: false, pictureModel: 'Ж \\ 光 + & "x"' } },
  'services:remove': { id: 'openai-2' },
  'services:restore': { id: 'openai-2' },
  'services:order': { ids: ['openai-2', 'google'] },
  'keys:read': {},
  'services:checks': {},
  'keys:set': { provider: 'google', key: 'a-good-key', remember: true },
  'services:allow': { id: 'google', what: 'key', address: null },
  'keys:remove': { provider: 'google' },
  'proxy:read': {},
  'proxy:answer': { id: 1, login: { username: 'a', password: 'b' }, remember: true },
  'provider:check': { provider: 'google' },
  'provider:models': { provider: 'google' },
  'usage:read': {},
  'usage:models': {},
  'usage:estimate': { provider: 'google', model: 'gemini-nano-banana-2.1', resolution: '1K' },
  'usage:costs': {},
  'notice:dismiss': {},
  'problem:dismiss': { kind: 'unexpected_error' },
  'notice:show-old-file': {},
  'app:restart': {},
  'desktop:ready': {},
  'desktop:choose-folder': {},
  'desktop:choose-pictures': {},
  'desktop:about': {},
  'desktop:show-notices': {},
  'desktop:show-folder': { folder: 'logs' },
  'updates:read': {},
  'updates:check': {},
  'updates:download': {},
  'updates:install': {},
};

const names = Object.keys(good).filter((name): name is RequestName => Object.hasOwn(contract, name));

function accepts(name: RequestName, input: unknown): boolean {
  return contract[name].input.safeParse(input).success;
}

test('this file has a valid input for each request', () => {
  expect(names.toSorted()).toEqual(Object.keys(contract).toSorted());
});

describe.each(names)('%s', (name) => {
  test('accepts valid input unchanged', () => {
    expect(contract[name].input.parse(good[name])).toEqual(good[name]);
  });

  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a number', 7],
    ['a string', 'x'],
    ['a function', () => ({})],
    ['a list', []],
    ['a list with the fields', Object.assign([], good[name])],
  ])('rejects %s', (_what, input) => {
    expect(accepts(name, input)).toBe(false);
  });

  test('rejects an unknown field', () => {
    expect(accepts(name, { ...good[name], extra: 1 })).toBe(false);
    expect(accepts(name, { ...good[name], constructor: {} })).toBe(false);
    expect(accepts(name, { ...good[name], '': 1 })).toBe(false);
  });

  test.each(['__proto__', 'constructor', 'prototype', 'toString'])('rejects a field called %s', (field) => {
    // Parsed, so that `__proto__` is a field and not the prototype.
    const fields = JSON.stringify(good[name]).slice(1, -1);
    const written = `{"${field}":{"polluted":true}${fields === '' ? '' : `,${fields}`}}`;
    expect(accepts(name, JSON.parse(written))).toBe(false);
    expect({}).not.toHaveProperty('polluted');
  });

  test.each(Object.keys(good[name]).filter(() => !name.endsWith(':set') || name === 'keys:set'))(
    'rejects input without %s',
    (field) => {
      const { [field]: _left, ...rest } = good[name];
      expect(accepts(name, rest)).toBe(false);
    },
  );

  test.each(Object.keys(good[name]))('rejects a wrong type for %s', (field) => {
    // A list of ids is valid for a field that is a list.
    const lists = Array.isArray(good[name][field]) ? [] : [[], [id]];
    for (const value of [
      {},
      ...lists,
      [7],
      { toString: () => id },
      Symbol('x'),
      7n,
      new Date(),
      Number.NaN,
    ]) {
      expect(accepts(name, { ...good[name], [field]: value })).toBe(false);
    }
  });
});

describe('an id', () => {
  test.each([
    '',
    'x',
    '../../../etc/passwd',
    `${id}/..`,
    `${id} `,
    `${id}\n`,
    `${id}\0`,
    id.replaceAll('-', ''),
    `{${id}}`,
    `' OR '1'='1`,
    'z'.repeat(36),
  ])('cannot be %j', (text) => {
    expect(accepts('messages:retry', { messageId: text })).toBe(false);
    expect(accepts('messages:list', { conversationId: id, before: text })).toBe(false);
    expect(accepts('images:save-copy', { imageId: text })).toBe(false);
  });
});

test('rejects a huge string in every field', () => {
  const huge = 'a'.repeat(10_000_000);
  for (const name of names) {
    for (const field of Object.keys(good[name])) {
      expect(accepts(name, { ...good[name], [field]: huge })).toBe(false);
    }
  }
});
