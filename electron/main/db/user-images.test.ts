import { v7 as newId } from 'uuid';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';

import { createTestContext } from '../test-context';
import type { Store } from './open';
import type { NewUserImage } from './outbox';

let store: Store;

beforeEach(() => {
  store = createTestContext().store;
  onTestFinished(() => store.close());
});

function add(changes: Partial<NewUserImage> = {}): NewUserImage {
  const id = newId();
  const image: NewUserImage = {
    id,
    messageId: id,
    file: `images/ab/${id}.png`,
    width: 1536,
    height: 1024,
    bytes: 100_000,
    thumbhash: Buffer.of(0, 1, 254, 255).toString('base64'),
    prompt: 'a sunset',
    provider: 'painter',
    model: 'painter-1',
    params: '{"aspectRatio":"3:2","seed":1}',
    createdAt: 7,
    ...changes,
  };
  store.userImages.insert(image);
  return image;
}

function search(words: string): string[] {
  return store.userImages.page(null, words, 100).images.map(({ prompt }) => prompt);
}

test('a picture comes back as it was put in', () => {
  const { id, file } = add({ prompt: `Rose's "best" 🌹` });
  expect(store.userImages.find(id)).toEqual({
    id,
    prompt: `Rose's "best" 🌹`,
    provider: 'painter',
    model: 'painter-1',
    aspectRatio: '3:2',
    width: 1536,
    height: 1024,
    bytes: 100_000,
    thumbhash: 'AAH+/w==',
    createdAt: 7,
  });
  expect(store.userImages.file(id)).toBe(file);
});

test('the same picture again changes nothing', () => {
  const image = add();
  store.userImages.insert({ ...image, prompt: 'another', file: 'elsewhere.png' });
  expect(store.userImages.count()).toBe(1);
  expect(store.userImages.find(image.id)?.prompt).toBe('a sunset');
  expect(store.userImages.file(image.id)).toBe(image.file);
});

test('parameters that this version does not know leave the picture without an aspect ratio', () => {
  const { id } = add({ params: '{"aspectRatio":"7:5","seed":1}' });
  expect(store.userImages.find(id)?.aspectRatio).toBeNull();
});

test('an id that is no picture finds nothing', () => {
  expect(store.userImages.find(newId())).toBeUndefined();
  expect(store.userImages.file(newId())).toBeUndefined();
  expect(store.userImages.count()).toBe(0);
});

test.each([1, 2, 3, 5, 6])('pages of %i reach every picture once, newest first', (limit) => {
  const ids = Array.from({ length: 6 }, () => add().id);
  const read: string[] = [];
  for (let hasMore = true; hasMore; ) {
    const page = store.userImages.page(read.at(-1) ?? null, '', limit);
    expect(page.images.length).toBeGreaterThan(0);
    read.push(...page.images.map(({ id }) => id));
    hasMore = page.hasMore;
  }
  expect(read).toEqual(ids.toReversed());
});

describe('a search', () => {
  const prompts = [
    '100% sun',
    '100 suns',
    'snake_case',
    'snakeXcase',
    'back\\slash',
    'backslash',
    `Rose's "best"`,
    'fox 🦊 at dawn',
    'a fox in fog',
  ];

  beforeEach(() => {
    for (const prompt of prompts) add({ prompt });
  });

  test.each([
    ['100%', ['100% sun']],
    ['%', ['100% sun']],
    ['e_c', ['snake_case']],
    ['_', ['snake_case']],
    ['k\\s', ['back\\slash']],
    ['\\', ['back\\slash']],
    [`'s "`, [`Rose's "best"`]],
    [`' OR 1=1 --`, []],
    ['🦊', ['fox 🦊 at dawn']],
    ['FOX', ['fox 🦊 at dawn', 'a fox in fog']],
    ['  fox  ', ['fox 🦊 at dawn', 'a fox in fog']],
    ['', prompts],
    ['   ', prompts],
  ])('for %j finds what contains it as typed', (words, found) => {
    expect(search(words).toSorted()).toEqual([...found].toSorted());
  });

  test('has pages too', () => {
    const first = store.userImages.page(null, 'fox', 1);
    const second = store.userImages.page(first.images[0]?.id ?? null, 'fox', 1);
    expect([first.images[0]?.prompt, first.hasMore]).toEqual(['a fox in fog', true]);
    expect([second.images[0]?.prompt, second.hasMore]).toEqual(['fox 🦊 at dawn', false]);
  });
});
