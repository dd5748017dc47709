import { v7 as newId } from 'uuid';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { fingerprintBytes } from '../../../shared/domain/fingerprints';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import type { GalleryCursor } from '../../../shared/domain/gallery-timeline';
import type { Store } from './open';
import { openInMemory } from './test-database';
import { idsOf } from './test-gallery';

let store: Store;
let clock = 0;

beforeEach(() => {
  store = openInMemory();
  onTestFinished(() => store.close());
});

type Facts = {
  prompt: string;
  width: number;
  height: number;
  params: string;
  parentId: string;
  provider: string;
};

/** Adds a picture that looks like a number: near duplicates are up to 8 apart. @returns its id */
function add(number: number, changes: Partial<Facts> = {}): string {
  const id = newId();
  clock += 1;
  store.userImages.insert({
    ...{ id, messageId: id, file: `images/ab/${id}.png`, width: 300, height: 200, bytes: 1, thumbhash: '' },
    ...{ prompt: 'a fox', provider: 'painter', model: 'painter-1', params: '{}', createdAt: clock },
    ...changes,
  });
  read(id, number);
  return id;
}

/** @param source what its file is read as: `none` is a file without a recipe. */
const imported = (name: string, source = 'none') => ({
  ...{ prompt: name, provider: 'imported', params: JSON.stringify({ source }) },
});

/** Sets as many of the first bits, so that near numbers have a quarter in common. */
function read(id: string, number: number): boolean {
  const bytes = new Uint8Array(fingerprintBytes);
  for (let bit = 0; bit < number; bit += 1) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
  return store.transaction(() => store.fingerprints.write(id, bytes));
}

/** With more than the first chunk, all stacks are read at once; with less, those of each chunk. */
function shown(changes: Partial<GalleryQuery> = {}, limit = 1000) {
  const [ids, stacks]: [string[], string[][]] = [[], []];
  for (let after: GalleryCursor | null = null, isFirst = true; isFirst || after; isFirst = false) {
    const chunk = store.galleryOrder.chunk({ ...everyPicture, ...changes }, after, limit, true);
    ids.push(...idsOf(chunk));
    stacks.push(...chunk.stacks);
    after = chunk.next;
  }
  return { ids, stacks };
}

describe('near duplicates', () => {
  test('are one picture of the order, the largest on top and of two sizes the latest', () => {
    const small = add(1, { width: 150, height: 100 });
    const other = add(40);
    const [first, second] = [add(2), add(3)];
    expect(shown()).toEqual({ ids: [second, other], stacks: [[second, first, small]] });
    expect(shown({ sort: 'oldest' }).ids).toEqual([other, second]);
    const everything = store.galleryOrder.chunk(everyPicture, null, 10);
    expect(idsOf(everything)).toEqual([second, first, other, small]);
    expect(everything.stacks).toEqual([]);
  });

  test.each([1, 2, 3, 5])('are one picture in chunks of %i, too', (limit) => {
    const all = [add(1), add(40), add(2), add(41), add(30)];
    expect(shown({}, limit)).toEqual({
      ids: [all[4], all[3], all[2]],
      stacks: [
        [all[3], all[1]],
        [all[2], all[0]],
      ],
    });
  });

  test('in a chain join the first, not each other', () => {
    const [a, b, c] = [add(0), add(7), add(14)];
    expect(shown()).toEqual({ ids: [c, b], stacks: [[b, a]] });
    // In another order of arrival the one in the middle is the first.
    const [two, one, three] = [add(47), add(40), add(54)];
    expect(shown().stacks).toContainEqual([three, one, two]);
    expect(shown().ids).toEqual([three, c, b]);
  });

  test('are none in another shape, or what a model has made of a picture', () => {
    const one = add(1);
    const square = add(1, { width: 200 });
    const edited = add(1, { parentId: one, params: '{"edit":{}}' });
    const sibling = add(1, { parentId: one, params: '{"edit":{}}' });
    expect(shown()).toEqual({ ids: [sibling, edited, square, one], stacks: [] });
    const scaled = add(1, { width: 600, height: 400, parentId: one, params: '{"change":{}}' });
    expect(shown().stacks).toEqual([[scaled, one]]);
  });
});

describe('near duplicates with prompts', () => {
  test('that differ are separate pictures, however alike', () => {
    const fox = add(1, { prompt: 'a fox' });
    const owl = add(1, { prompt: 'an owl' });
    const again = add(2, { prompt: ' a fox\n' });
    expect(shown()).toEqual({ ids: [again, owl], stacks: [[again, fox]] });
  });

  test('that differ are separate in files of other tools, too', () => {
    const fox = add(1, { prompt: 'a fox' });
    const owl = add(1, imported('an owl', 'automatic1111'));
    const copy = add(1, imported('a fox', 'afterimage'));
    expect(shown()).toEqual({ ids: [copy, owl], stacks: [[copy, fox]] });
  });

  test.each(['none', 'c2pa', 'google'])('are one with a file of %s, whose name is no prompt', (source) => {
    const made = add(1);
    const file = add(1, imported('IMG_0001', source));
    const copy = add(1, imported('IMG_0001 (copy)', source));
    expect(shown()).toEqual({ ids: [copy], stacks: [[copy, file, made]] });
  });

  test('are one with files of a tool that had no prompt', () => {
    const params = JSON.stringify({ source: 'forge', seed: 5, isPromptless: true });
    const made = add(1);
    const file = add(1, { ...imported('00012-5'), params });
    const copy = add(1, { ...imported('00012-5 (1)'), params });
    expect(shown()).toEqual({ ids: [copy], stacks: [[copy, file, made]] });
  });

  test.each([1, 2])('do not meet in a stack that %i such files began', (files) => {
    const begun = Array.from({ length: files }, (_, at) => add(1, imported(`IMG_${at}`)));
    const fox = add(1, { prompt: 'a fox' });
    const owl = add(1, { prompt: 'an owl' });
    const second = add(1, { prompt: 'an owl' });
    expect(shown()).toEqual({
      ids: [second, fox],
      stacks: [
        [fox, ...begun.toReversed()],
        [second, owl],
      ].toSorted(([one = ''], [other = '']) => shown().ids.indexOf(one) - shown().ids.indexOf(other)),
    });
  });
});

describe('the picture on top', () => {
  test('is the best of what a query finds', () => {
    const small = add(1, { width: 150, height: 100, ...imported('an owl') });
    const large = add(2);
    expect(shown()).toMatchObject({ ids: [large] });
    for (const text of ['owl', 'an ow'])
      expect(shown({ text, sort: 'relevance' })).toEqual({ ids: [small], stacks: [] });
    expect(shown({ text: 'o', sort: 'relevance' })).toEqual({ ids: [large], stacks: [[large, small]] });
    expect(store.galleryFacets.count({ ...everyPicture, text: 'o' })).toBe(2);
  });

  test('is the next one while a picture is in Trash, and the same again when it is back', () => {
    const [small, large] = [add(1, { width: 150, height: 100 }), add(2)];
    store.trash.add(large, 1);
    expect(shown()).toEqual({ ids: [small], stacks: [] });
    store.trash.restore(large);
    expect(shown()).toEqual({ ids: [large], stacks: [[large, small]] });
  });

  test('is another one after the first picture was deleted for good, and new ones still find the stack', () => {
    const [first, second] = [add(1), add(2)];
    store.trash.add(first, 1);
    store.transaction(() => store.purge.markPictures(1, 2, 10));
    store.purge.removePicture(first);
    const third = add(3);
    expect(shown()).toEqual({ ids: [third], stacks: [[third, second]] });
  });
});

const stacksOf = (ids: string[], changes: Partial<GalleryQuery> = {}) =>
  store.stacks.stacksOf({ ...everyPicture, ...changes }, ids).toSorted();

test('a stack shows all of its pictures, and so does what is alike to one of them', () => {
  const [first, second, other] = [add(1), add(2), add(40)];
  expect(shown({ stackOf: first })).toEqual({ ids: [second, first], stacks: [] });
  expect(shown({ stackOf: other }).ids).toEqual([]);
  const under = add(41);
  expect(shown({ alikeTo: first, sort: 'relevance' })).toEqual({
    ids: [second, under],
    stacks: [[under, other]],
  });
  expect(stacksOf([first, other], { alikeTo: first })).toEqual([[under, other]]);
});

describe('the stacks of certain pictures', () => {
  test('are read with all that a query finds of them, and pictures without a stack alone', () => {
    const [first, second, other] = [add(1), add(2), add(40)];
    expect(stacksOf([first])).toEqual([[second, first]]);
    expect(stacksOf([other, second])).toEqual([[other], [second, first]].toSorted());
    store.trash.add(second, 1);
    expect(stacksOf([second])).toEqual([[first]]);
    expect(stacksOf([newId()])).toEqual([]);
    expect(stacksOf([first], { text: 'owl' })).toEqual([]);
  });
});

describe('a picture that is not a duplicate', () => {
  test('leaves its stack for good, also when it is read again', () => {
    const [first, second, third] = [add(1), add(2), add(3)];
    expect(store.stacks.separate(second)).toBe(true);
    expect(store.stacks.separate(second)).toBe(false);
    expect(shown()).toEqual({ ids: [third, second], stacks: [[third, first]] });
    expect(read(second, 2)).toBe(false);
    expect(add(2)).toBeDefined();
    expect(shown().ids).toContain(second);
  });

  test('leaves the others together if it was the first', () => {
    const [first, second, third] = [add(1), add(2), add(3)];
    store.stacks.separate(first);
    expect(shown()).toEqual({ ids: [third, first], stacks: [[third, second]] });
    const fourth = add(2);
    expect(shown().stacks).toEqual([[fourth, third, second]]);
  });

  test('is to be read again when the user changes their mind, and finds its stack then', () => {
    const [first, second] = [add(1), add(2)];
    store.stacks.separate(first);
    expect(shown().stacks).toEqual([]);
    expect(store.stacks.join(first)).toBe(true);
    expect(store.fingerprints.nextUnread(5)).toMatchObject([{ id: first }]);
    expect(read(first, 1)).toBe(true);
    expect(shown().stacks).toEqual([[second, first]]);
  });

  test('belongs to an export', () => {
    const [first] = [add(1), add(2)];
    store.stacks.separate(first ?? '');
    expect(store.archive.others()['not_duplicates']).toEqual([{ image_id: first }]);
    expect(store.archive.others()['fingerprints']).toBeUndefined();
  });
});

test('hundreds of equal pictures are one stack', () => {
  store.transaction(() => {
    for (let at = 0; at < 400; at += 1) add(1);
  });
  const { ids, stacks } = shown();
  expect(ids).toHaveLength(1);
  expect(stacks[0]).toHaveLength(400);
});
