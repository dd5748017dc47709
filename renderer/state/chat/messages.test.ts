import { describe, expect, test } from 'vitest';
import type { Message, PictureMessage, TextMessage } from '../../../shared/domain/conversations';
import { trunkShown } from '../../../shared/domain/message-path';
import { pictureMessage, textMessage } from '../../../shared/domain/test-message';
import {
  blocksOf,
  isInGroup,
  merge,
  newer,
  newestUnfinished,
  openablePictures,
  pictureBefore,
  pictureIdOf,
} from './messages';

function text(id: string, changes: Partial<TextMessage> = {}): Message {
  return textMessage({ id, text: id, ...changes });
}

function picture(id: string, groupId: string, changes: Partial<PictureMessage> = {}): PictureMessage {
  return pictureMessage({ id, groupId, ...changes });
}

test('a model is in the group of a picture if it makes another picture of the same request', () => {
  const sketch = picture('sketch', 'g');
  const made = { provider: 'openai', model: 'gpt-image-2' };
  const wanted = { serviceId: 'openai', model: 'gpt-image-2' };
  const of = (...all: Message[]) => isInGroup(sketch, wanted, merge({}, [sketch, text('q'), ...all]));
  expect(of(picture('beside', 'g', { ...made, status: 'pending' }))).toBe(true);
  expect(of(picture('later', 'h', made))).toBe(false);
  expect(of(picture('beside', 'g', { ...made, model: 'gpt-image-1' }))).toBe(false);
  expect(of(picture('beside', 'g', { ...made, provider: 'openai-2' }))).toBe(false);
  expect(isInGroup(sketch, { serviceId: 'painter', model: 'painter-1' }, merge({}, [sketch]))).toBe(false);
});

test('the pictures of a chat that can be opened are those that are there, each once', () => {
  const image = { width: 3, height: 2, bytes: 1, thumbhash: '' };
  const all = [
    picture('first', 'g', { image }),
    text('q'),
    picture('second', 'h', { image }),
    picture('again', 'i', { image, reusedId: 'first' }),
    picture('waiting', 'j'),
    picture('trashed', 'k', { image: { ...image, state: 'trash' } }),
    picture('last', 'l', { image }),
  ];
  const order = all.map(({ id }) => id);
  expect(openablePictures(order, merge({}, all)).map(({ pictureId }) => pictureId)).toEqual([
    ...['first', 'second', 'last'],
  ]);
});

describe('the picture to compare with', () => {
  const image = { width: 3, height: 2, bytes: 1, thumbhash: '' };
  const params = { aspectRatio: '1:1' as const, seed: 1 };
  const first = picture('first', 'g', { image });
  const trashed = picture('trashed', 'h', { image: { ...image, state: 'trash' } });
  const waiting = picture('waiting', 'i');
  const reused = picture('reused', 'j', { image, reusedId: 'older' });
  const last = picture('last', 'k', { image });
  const changed = picture('changed', 'l', { image, params: { ...params, references: ['own', 'first'] } });
  const repeated = picture('repeated', 'n', { image, params: { ...params, repeats: 'first' } });
  const ofTrashed = picture('of-trashed', 'o', { image, params: { ...params, repeats: 'trashed' } });
  const all = [
    text('question'),
    first,
    trashed,
    waiting,
    text('more'),
    last,
    reused,
    changed,
    repeated,
    ofTrashed,
  ];
  const order = all.map(({ id }) => id);
  const messages = Object.fromEntries(all.map((message) => [message.id, message]));

  test.each([
    ['the picture that it was made from, wherever that is', changed, { id: 'own', isOriginal: true }],
    [
      'the picture whose recipe was repeated, also by another model',
      repeated,
      { id: 'first', isOriginal: true },
    ],
    ['the one before it, if that picture is in Trash', ofTrashed, { id: 'repeated', isOriginal: false }],
    ['the one before it that is there', last, { id: 'first', isOriginal: false }],
    ['nothing, if none is before it', first, null],
    ['nothing, if it is not loaded', picture('elsewhere', 'm', { image }), null],
  ])('is %s', (_, message, before) => {
    expect(pictureBefore(message, { order, messages })).toEqual(before);
  });

  test('is the picture of the previous message, even if it was reused from the gallery', () => {
    const after = picture('after', 'm', { image });
    const known = {
      order: [...order.slice(0, order.indexOf('changed')), 'after'],
      messages: { ...messages, after },
    };
    expect(pictureBefore(after, known)).toEqual({ id: 'older', isOriginal: false });
  });
});

describe('the newer of two versions', () => {
  test('has the higher revision, whichever arrives last and whatever the clock says', () => {
    const before = text('a', { revision: 9, updatedAt: 9_000 });
    const after = text('a', { revision: 10, updatedAt: 1_000 });
    expect(newer(before, after)).toBe(after);
    expect(newer(after, before)).toBe(after);
  });

  test('is the one that arrives if both have the same revision', () => {
    const known = text('a', { revision: 3 });
    const arrived = text('a', { revision: 3 });
    expect(newer(known, arrived)).toBe(arrived);
  });

  test('is the only one', () => {
    const arrived = text('a', { revision: 0 });
    expect(newer(undefined, arrived)).toBe(arrived);
  });
});

test('merging keeps the newest version of each message, and does not mutate its input', () => {
  const known = { a: text('a', { revision: 2 }), b: text('b') };
  const arrived = [
    text('a', { revision: 1 }),
    text('b', { revision: 3 }),
    text('b', { revision: 2 }),
    text('c'),
  ];
  const merged = merge(known, arrived);
  const revisions = Object.entries(merged).map(([id, { revision }]) => [id, revision]);
  expect(Object.fromEntries(revisions)).toEqual({ a: 2, b: 3, c: 1 });
  expect(known.b.revision).toBe(1);
  expect(Object.keys(known)).toEqual(['a', 'b']);
});

test('a picture message shows its own picture unless it reuses one', () => {
  expect(pictureIdOf(picture('a', 'g'))).toBe('a');
  expect(pictureIdOf(picture('a', 'g', { reusedId: 'b' }))).toBe('b');
});

describe('blocks', () => {
  const all = (...messages: Message[]) => merge({}, messages);

  test('join neighbouring pictures of one request', () => {
    const messages = all(picture('a', 'g'), picture('b', 'g'), picture('c', 'h'));
    expect(blocksOf(['a', 'b', 'c'], messages).map(({ ids }) => ids)).toEqual([['a', 'b'], ['c']]);
  });

  test('include a picture that joined its group after other messages', () => {
    const messages = all(picture('a', 'g'), text('b'), picture('c', 'g'));
    const blocks = blocksOf(['a', 'b', 'c'], messages);
    expect(blocks.map(({ ids }) => ids)).toEqual([['a', 'c'], ['b']]);
  });

  test('keep every other message alone, even one with the id of the request', () => {
    const messages = all(text('g'), picture('a', 'g'), text('b'), text('c'));
    const blocks = blocksOf(['g', 'a', 'b', 'c'], messages);
    expect(blocks.map(({ ids }) => ids)).toEqual([['g'], ['a'], ['b'], ['c']]);
    expect(new Set(blocks.map(({ key }) => key)).size).toBe(4);
  });

  test('leave out messages that are not loaded', () => {
    expect(blocksOf(['a', 'x'], all(text('a'))).map(({ ids }) => ids)).toEqual([['a']]);
  });
});

describe('the answers that Stop ends', () => {
  const reply = (id: string, status: Message['status']) => text(id, { role: 'assistant', status });
  const made = (id: string, status: Message['status']) => picture(id, 'g', { status });
  const idsOf = (...messages: Message[]) =>
    newestUnfinished({
      order: messages.map(({ id }) => id),
      messages: merge({}, messages),
      shown: trunkShown,
    });

  test('are the unfinished answers to the newest question that has some, in their order', () => {
    expect(idsOf(text('q'), made('a', 'generating'), made('b', 'ready'), made('c', 'pending'))).toEqual([
      'a',
      'c',
    ]);
    expect(
      idsOf(text('q'), made('a', 'generating'), text('r'), reply('b', 'streaming'), made('c', 'pending')),
    ).toEqual(['b', 'c']);
  });

  test('include an older answer once nothing newer is in progress', () => {
    expect(idsOf(text('q'), made('a', 'generating'), text('r'), reply('b', 'ready'))).toEqual(['a']);
  });

  test('include answers that are not loaded, unless a question may be in between', () => {
    const far = [
      picture('a', 'g', { seq: 3, status: 'pending' }),
      picture('b', 'h', { seq: 40, status: 'generating' }),
      picture('c', 'h', { seq: 44, status: 'pending' }),
      text('d', { seq: 45, role: 'assistant', status: 'streaming' }),
    ];
    const known = (branch?: string) =>
      merge({}, [
        text('q'),
        ...far.map((message) => ({ ...message, ...(branch !== undefined && { branch }) })),
      ]);
    const stopped = (messages: ReturnType<typeof known>) =>
      newestUnfinished({ order: ['q'], messages, shown: trunkShown });
    expect(stopped(known())).toEqual(['b', 'c', 'd']);
    const { d: _, ...older } = known();
    const { b: _b, c: _c, ...oldest } = older;
    expect(stopped(older)).toEqual(['b', 'c']);
    expect(stopped(oldest)).toEqual(['a']);
    // This message belongs to a version that is not shown.
    expect(stopped(known('another'))).toEqual([]);
  });

  test('are none if everything has ended', () => {
    expect(idsOf(text('q'), made('a', 'ready'), made('b', 'cancelled'), made('c', 'failed'))).toEqual([]);
    expect(idsOf()).toEqual([]);
  });
});
