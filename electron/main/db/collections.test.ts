import { v7 as newId } from 'uuid';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { allServices } from '../../../shared/domain/service-directory';
import { newPictureMessage } from '../../../shared/domain/test-message';
import { createTestContext } from '../test-support/test-context';
import type { Store } from './open';
import type { NewUserImage } from './outbox';
import { readGallery } from './test-gallery';

let store: Store;

beforeEach(() => {
  store = createTestContext().store;
  onTestFinished(() => store.close());
});

function picture(changes: Partial<NewUserImage> = {}): string {
  const id = newId();
  store.userImages.insert({
    id,
    messageId: id,
    file: `images/ab/${id}.png`,
    width: 1536,
    height: 1024,
    bytes: 1,
    thumbhash: '',
    prompt: 'a fox',
    provider: 'painter',
    model: 'painter-1',
    params: '{"aspectRatio":"3:2","seed":1}',
    createdAt: 7,
    ...changes,
  });
  return id;
}

function collection(query: GalleryQuery | null = null): string {
  const id = newId();
  store.collections.create(id, `C ${id.slice(-4)}`, query, 1);
  return id;
}

function ids(changes: Partial<GalleryQuery>): string[] {
  return readGallery(store, { ...everyPicture, ...changes }).map(({ id }) => id);
}

test('a picture can be in several collections, once in each', () => {
  const [one, other] = [collection(), collection()];
  const [fox, whale] = [picture(), picture()];
  expect(store.collections.add(one, [fox, whale, fox, newId()], 1)).toEqual([fox, whale]);
  expect(store.collections.add(other, [fox], 2)).toEqual([fox]);
  expect(store.collections.add(other, [fox], 3)).toEqual([]);
  expect(ids({ collectionId: one }).toSorted()).toEqual([fox, whale].toSorted());
  expect(ids({ collectionId: other })).toEqual([fox]);
  expect(store.collections.remove(one, [fox, newId()])).toEqual([fox]);
  expect(ids({ collectionId: one })).toEqual([whale]);
  expect(ids({})).toHaveLength(2);
});

test('counts and cover follow the gallery', () => {
  const id = collection();
  expect(store.collections.find(id)).toMatchObject({ count: 0, coverId: null, isMore: false });
  const [fox, whale] = [picture(), picture()];
  store.collections.add(id, [fox], 1);
  store.collections.add(id, [whale], 2);
  store.userImages.setFavourite(fox, true);
  expect(store.collections.find(id)).toMatchObject({ count: 2, coverId: whale });
  expect(store.collections.list()).toMatchObject({ everything: 2, favourites: 1 });
  store.trash.add(whale, 1);
  expect(store.collections.find(id)).toMatchObject({ count: 1, coverId: fox });
  store.trash.restore(whale);
  expect(store.collections.find(id)?.count).toBe(2);
});

test('a permanently deleted picture leaves its collections', () => {
  const [id, fox] = [collection(), picture()];
  store.collections.add(id, [fox], 1);
  store.trash.add(fox, 1);
  store.transaction(() => store.purge.markPictures(2, 3, 10));
  expect(store.collections.add(id, [fox], 2)).toEqual([]);
  store.purge.removePicture(fox);
  expect(store.collections.find(id)).toMatchObject({ count: 0 });
});

test('a collection can be renamed unless it is deleted, and others keep their names', () => {
  const [one, other] = [collection(), collection()];
  const otherName = store.collections.find(other)?.name;
  store.collections.rename(one, 'Foxes');
  expect(store.collections.find(one)?.name).toBe('Foxes');
  expect(store.collections.find(other)?.name).toBe(otherName);
  store.collections.delete(one, 5);
  store.collections.rename(one, 'Wolves');
  store.collections.restore(one);
  expect(store.collections.find(one)?.name).toBe('Foxes');
});

test('a deleted collection can be restored until it is removed', () => {
  const [id, other] = [collection(), collection()];
  const fox = picture();
  store.collections.add(id, [fox], 1);
  store.collections.delete(id, 10);
  expect(store.collections.list().collections.map((each) => each.id)).toEqual([other]);
  store.collections.removeDeleted(10);
  store.collections.restore(id);
  expect(store.collections.list().collections.map((each) => each.id)).toEqual([id, other]);
  expect(store.collections.find(id)?.count).toBe(1);
  store.collections.delete(id, 10);
  store.collections.removeDeleted(11);
  store.collections.restore(id);
  expect(store.collections.find(id)).toBeUndefined();
  expect(ids({})).toEqual([fox]);
});

test('a saved search finds pictures that are added later', () => {
  const query = { ...everyPicture, text: 'whale' };
  const id = collection(query);
  picture();
  expect(store.collections.find(id)).toMatchObject({ query, count: 0, coverId: null });
  const whale = picture({ prompt: 'a whale' });
  expect(store.collections.find(id)).toMatchObject({ count: 1, coverId: whale });
});

test('only pictures of providers that accept a seed have one', () => {
  const made = allServices().map(({ id, takesSeed }) => ({
    takesSeed,
    image: picture({ provider: id }),
  }));
  const kept = made.filter(({ takesSeed }) => takesSeed).map(({ image }) => image);
  expect(ids({ hasSeed: true }).sort()).toEqual(kept.sort());
});

describe('a filter', () => {
  test.each<[string, Partial<GalleryQuery>, string[]]>([
    ['from', { from: 20 }, ['tall', 'even', 'imported']],
    ['to', { to: 20 }, ['wide']],
    ['dates', { from: 10, to: 21 }, ['wide', 'tall']],
    ['model', { models: ['gemini-nano-banana-2.1'] }, ['tall']],
    ['models', { models: ['gemini-nano-banana-2.1', 'sdxl'] }, ['tall', 'imported']],
    ['provider', { providers: ['painter'] }, ['wide', 'even']],
    ['landscape', { shape: 'landscape' }, ['wide', 'imported']],
    ['portrait', { shape: 'portrait' }, ['tall']],
    ['square', { shape: 'square' }, ['even']],
    ['side', { minSide: 1536 }, ['wide', 'tall']],
    ['larger side', { minSide: 1537 }, ['tall']],
    ['favourites', { favourites: true }, ['tall']],
    ['seed', { hasSeed: true }, ['wide', 'even']],
    ['all of it', { text: 'fox', favourites: true, shape: 'portrait', from: 1, minSide: 2048 }, ['tall']],
    ['too much', { favourites: true, shape: 'square' }, []],
    ['hostile names', { models: [`' OR 1=1 --`], providers: ['"', '%'] }, []],
  ])('by %s', (_name, changes, found) => {
    picture({ prompt: 'wide fox', createdAt: 10 });
    const tall = picture({
      prompt: 'tall fox',
      createdAt: 20,
      width: 1024,
      height: 2048,
      provider: 'google',
      model: 'gemini-nano-banana-2.1',
    });
    store.userImages.setFavourite(tall, true);
    picture({ prompt: 'even', createdAt: 30, width: 1024, height: 1000 });
    // A picture from another program has no readable recipe.
    picture({
      prompt: 'imported',
      createdAt: 40,
      width: 800,
      height: 600,
      model: 'sdxl',
      provider: 'google',
      params: 'null',
    });
    const images = readGallery(store, { ...everyPicture, ...changes, sort: 'oldest' });
    expect(images.map(({ prompt }) => prompt.split(' ')[0])).toEqual(found);
    expect(store.galleryFacets.count({ ...everyPicture, ...changes })).toBe(found.length);
  });

  test('by the conversation that produced the picture', () => {
    const conversationId = newId();
    store.conversations.insert({ id: conversationId, title: 'A chat', createdAt: 1 });
    const id = newId();
    store.messages.insert(newPictureMessage({ id, conversationId, groupId: id }));
    const made = picture({ messageId: id });
    picture();
    expect(ids({ conversationId })).toEqual([made]);
    expect(ids({ conversationId: newId() })).toEqual([]);
  });
});

test('the facets list what the gallery has, the most common first', () => {
  picture({ model: 'b', provider: 'google' });
  picture({ model: 'a' });
  picture({ model: 'a' });
  store.trash.add(picture({ model: 'c' }), 1);
  expect(store.galleryFacets.facets()).toEqual({
    models: [
      { id: 'a', count: 2 },
      { id: 'b', count: 1 },
    ],
    providers: [
      { id: 'painter', count: 2 },
      { id: 'google', count: 1 },
    ],
  });
});
