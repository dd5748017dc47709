import { v7 as newId } from 'uuid';
import { beforeEach, expect, onTestFinished, test } from 'vitest';

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
