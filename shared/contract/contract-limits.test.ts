// Tests which values single requests reject: addresses, lengths, counts and options.
import { describe, expect, test } from 'vitest';
import { maxPictures, maxTextLength, maxTitleLength } from '../domain/conversations';
import { everyPicture, maxSearchLength } from '../domain/gallery-query';
import { nextChunk } from '../domain/gallery-timeline';
import { imageUrl } from '../domain/pictures';
import { contract, type RequestName } from './index';

const id = '01930000-0000-7000-8000-0000000000ab';

function accepts(name: RequestName, input: unknown): boolean {
  return contract[name].input.safeParse(input).success;
}

describe('a link', () => {
  test.each(['https://example.org', 'http://127.0.0.1:8080/a?b=c#d', 'HTTPS://EXAMPLE.ORG/'])(
    'can be %s',
    (url) => {
      expect(accepts('links:open', { url })).toBe(true);
    },
  );

  test.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'mailto:a@example.org',
    'afterimage://app/index.html',
    'vbscript:x',
    'httpsx://example.org',
    'https:',
    '//example.org',
    'example.org',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    `https://example.org/${'a'.repeat(5000)}`,
  ])('cannot be %j', (url) => {
    expect(accepts('links:open', { url })).toBe(false);
  });
});

describe('a message', () => {
  const send = {
    ...{ conversationId: id, isNew: true, questionId: id, answerIds: [id], isDraft: true },
    ...{ text: 'draw a fox', mode: 'auto', aspectRatio: '1:1' },
  };

  test('is limited to the maximum length', () => {
    expect(accepts('chat:send', { ...send, text: 'x'.repeat(maxTextLength) })).toBe(true);
    expect(accepts('chat:send', { ...send, text: 'x'.repeat(maxTextLength + 1) })).toBe(false);
    expect(accepts('chat:send', { ...send, text: '😀'.repeat(maxTextLength) })).toBe(true);
    expect(accepts('chat:send', { ...send, text: '😀'.repeat(maxTextLength + 1) })).toBe(false);
  });

  test.each([0, -1, 1.5, maxPictures + 1, Number.POSITIVE_INFINITY, '1', null])(
    'cannot ask for %s pictures',
    (count) => {
      expect(accepts('chat:send', { ...send, count })).toBe(false);
    },
  );

  test('can have up to fourteen reference pictures', () => {
    expect(accepts('chat:send', { ...send, references: [] })).toBe(true);
    expect(accepts('chat:send', { ...send, references: Array(14).fill(id) })).toBe(true);
    expect(accepts('chat:send', { ...send, references: Array(15).fill(id) })).toBe(false);
    expect(accepts('chat:send', { ...send, references: ['../x'] })).toBe(false);
    expect(accepts('chat:send', { ...send, references: id })).toBe(false);
  });

  test('can only change a part of its first reference picture', () => {
    const frame = { left: 0, top: 0, right: 1, bottom: 0 };
    for (const edit of [{ mask: id }, { frame }, { mask: id, frame }]) {
      expect(accepts('chat:send', { ...send, references: [id], edit })).toBe(true);
      expect(accepts('chat:send', { ...send, references: [], edit })).toBe(false);
      expect(accepts('chat:send', { ...send, edit })).toBe(false);
    }
    const nothing = { ...frame, right: 0 };
    const tooFar = { ...frame, right: 16_385 };
    for (const edit of [{}, { frame: nothing }, { frame: tooFar }, { mask: '../x' }, { mask: id, size: 1 }]) {
      expect(accepts('chat:send', { ...send, references: [id], edit })).toBe(false);
    }
  });

  test.each(['1x1', '1:2', '16:10', '', null, '__proto__'])(
    'cannot have the aspect ratio %s',
    (aspectRatio) => {
      expect(accepts('chat:send', { ...send, aspectRatio })).toBe(false);
    },
  );

  test.each(['Auto', 'text', '', null])('cannot have the mode %s', (mode) => {
    expect(accepts('chat:send', { ...send, mode })).toBe(false);
  });
});

const rename = { conversationId: id, title: 'Title' };

describe('a title', () => {
  test('is trimmed', () => {
    expect(contract['conversations:rename'].input.parse({ ...rename, title: '  Fox \n' }).title).toBe('Fox');
  });

  test.each(['', '   ', '\n'])('cannot be %j', (title) => {
    expect(accepts('conversations:rename', { ...rename, title })).toBe(false);
  });
});

test('a title is limited to the maximum length', () => {
  expect(accepts('conversations:rename', { ...rename, title: 'x'.repeat(maxTitleLength) })).toBe(true);
  expect(accepts('conversations:rename', { ...rename, title: 'x'.repeat(maxTitleLength + 1) })).toBe(false);
});

test('a list can only follow the place of a conversation', () => {
  const after = { pinned: true, activity: 12 };
  expect(accepts('conversations:list', { limit: 1, after })).toBe(true);
  for (const wrong of [null, 12, {}, { activity: 1 }, { ...after, pinned: 1 }, { ...after, id }]) {
    expect(accepts('conversations:list', { limit: 1, after: wrong })).toBe(false);
  }
});

test.each([0, -1, 0.5, 501, Number.MAX_SAFE_INTEGER])('a list cannot have %s conversations', (limit) => {
  expect(accepts('conversations:list', { limit })).toBe(false);
});

test('a search is limited to the maximum length', () => {
  const search = (text: string) => ({
    ...{ query: { ...everyPicture, text }, isStacked: false, after: null, limit: 1 },
  });
  expect(accepts('gallery:index', search('x'.repeat(maxSearchLength)))).toBe(true);
  expect(accepts('gallery:index', search('x'.repeat(maxSearchLength + 1)))).toBe(false);
});

test.each([0, nextChunk + 1, 1.5])('a chunk cannot have %s pictures', (limit) => {
  expect(accepts('gallery:index', { query: everyPicture, isStacked: false, after: null, limit })).toBe(false);
});

describe('settings', () => {
  test('accept changes of one, several or no values', () => {
    expect(accepts('settings:set', {})).toBe(true);
    const all = { theme: 'light', provider: 'google', aspectRatio: '9:16', trashDays: 7 };
    expect(contract['settings:set'].input.parse(all)).toEqual(all);
  });

  test.each([
    { theme: 'sepia' },
    { theme: null },
    { provider: 'a b' },
    { provider: '' },
    { provider: '__proto__' },
    { aspectRatio: '5:7' },
    { sidebar: 'closed' },
    { trashDays: 0 },
    { trashDays: 366 },
    { trashDays: 1.5 },
    { apiKey: 'secret' },
  ])('cannot be %j', (settings) => {
    expect(accepts('settings:set', settings)).toBe(false);
  });
});

test.each([
  { sidebar: true },
  { galleryDensity: 'tiny' },
  { galleryPlace: { id, offset: '0' } },
  { galleryPlace: { id: '../x', offset: 0 } },
  { theme: 'dark' },
])('view state cannot be %j', (viewState) => {
  expect(accepts('view-state:set', viewState)).toBe(false);
});

test("a picture's URL contains its id and size", () => {
  expect(imageUrl(id, '512')).toBe(`afterimage://image/${id}/512`);
  expect(imageUrl(id, 'full')).toBe(`afterimage://image/${id}/full`);
});
