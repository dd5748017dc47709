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

test('returns a conversation as it was inserted', () => {
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

test('lists pinned conversations first, each group by most recent use', () => {
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

test('finds the conversation that was used last, pinned or not', () => {
  expect(store.conversations.latestId()).toBeUndefined();
  add('a', 1);
  add('b', 2);
  store.conversations.pin('a', true);
  expect(store.conversations.latestId()).toBe('b');
});

test('hides a deleted conversation and restores it completely', () => {
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

test('does not reorder a deleted conversation when it is used', () => {
  add('a', 1);
  store.conversations.delete('a', 2);
  store.conversations.touch('a', 9);
  store.conversations.restore('a');
  expect(store.conversations.find('a')?.updatedAt).toBe(1);
});

test('changes only the title when renaming', () => {
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

test('ignores changes to a missing conversation', () => {
  add('a', 1);
  store.conversations.rename('b', 'Another');
  store.conversations.pin('b', true);
  store.conversations.restore('b');
  expect(store.conversations.find('b')).toBeUndefined();
  expect(order()).toEqual(['a']);
});
