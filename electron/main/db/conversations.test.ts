import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createTestContext } from '../test-support/test-context';
import type { Store } from './open';

let store: Store;

beforeEach(() => {
  store = createTestContext().store;
  onTestFinished(() => store.close());
});

function add(id: string, at: number, title = `Conversation ${id}`): void {
  store.conversations.insert({ id, title, createdAt: at });
}

function order(limit = 10): string[] {
  return store.conversations.newest(limit).map(({ id }) => id);
}

test('comes back as it was put in', () => {
  const title = `Rose's "best" 100% 🌹 \\ '; DROP TABLE conversations; --`;
  add('a', 5, title);
  expect(store.conversations.find('a')).toEqual({
    id: 'a',
    title,
    pinned: false,
    createdAt: 5,
    updatedAt: 5,
  });
});

test('the pinned ones come first, each part by most recent use', () => {
  add('a', 1);
  add('b', 2);
  add('c', 3);
  add('d', 4);
  store.conversations.pin('a', true);
  store.conversations.pin('b', true);
  expect(order()).toEqual(['b', 'a', 'd', 'c']);
  store.conversations.touch('a', 9);
  store.conversations.touch('c', 8);
  expect(order()).toEqual(['a', 'b', 'c', 'd']);
  store.conversations.pin('a', false);
  expect(order()).toEqual(['b', 'a', 'c', 'd']);
  expect(order(2)).toEqual(['b', 'a']);
});

test('the one used last is not the pinned one but the latest', () => {
  expect(store.conversations.latestId()).toBeUndefined();
  add('a', 1);
  add('b', 2);
  store.conversations.pin('a', true);
  expect(store.conversations.latestId()).toBe('b');
});

test('a deleted one is nowhere, and comes back whole', () => {
  add('a', 1);
  add('b', 2);
  store.conversations.pin('a', true);
  store.conversations.delete('a', 3);
  expect(store.conversations.find('a')).toBeUndefined();
  expect(order()).toEqual(['b']);
  expect(store.conversations.count()).toBe(1);
  store.conversations.delete('b', 4);
  expect(store.conversations.latestId()).toBeUndefined();

  store.conversations.restore('a');
  expect(store.conversations.find('a')).toMatchObject({ pinned: true, createdAt: 1, updatedAt: 1 });
  expect(store.conversations.count()).toBe(1);
});

test('using a deleted one does not move it: restored, it is where it was', () => {
  add('a', 1);
  store.conversations.delete('a', 2);
  store.conversations.touch('a', 9);
  store.conversations.restore('a');
  expect(store.conversations.find('a')?.updatedAt).toBe(1);
});

test('a new title changes nothing else', () => {
  add('a', 1);
  store.conversations.rename('a', 'Another');
  expect(store.conversations.find('a')).toEqual({
    id: 'a',
    title: 'Another',
    pinned: false,
    createdAt: 1,
    updatedAt: 1,
  });
});

test('nothing can be done to one that there is not', () => {
  add('a', 1);
  store.conversations.rename('b', 'Another');
  store.conversations.pin('b', true);
  store.conversations.restore('b');
  expect(store.conversations.find('b')).toBeUndefined();
  expect(order()).toEqual(['a']);
});
