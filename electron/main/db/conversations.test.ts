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
    activity: 1,
    revision: 1,
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
  store.conversations.touch('c', 8);
  store.conversations.touch('a', 9);
  expect(order()).toEqual(['a', 'b', 'c', 'd']);
  store.conversations.pin('a', false);
  expect(order()).toEqual(['b', 'a', 'c', 'd']);
  expect(order(2)).toEqual(['b', 'a']);
});

test('orders conversations by use even if the clock goes back', () => {
  add('a', 9_000);
  add('b', 5);
  add('c', 5);
  expect(order()).toEqual(['c', 'b', 'a']);
  store.conversations.touch('a', 1);
  expect(order()).toEqual(['a', 'c', 'b']);
  store.conversations.touch('b', 1);
  expect(order()).toEqual(['b', 'a', 'c']);
  expect(store.conversations.latestId()).toBe('b');
  expect(store.conversations.find('b')).toMatchObject({ activity: 5, updatedAt: 1 });
});

test('puts a new conversation above one that was used in the future', () => {
  add('a', 9_000_000);
  store.conversations.touch('a', 9_000_001);
  add('b', 5);
  expect(order()).toEqual(['b', 'a']);
});

test('keeps the order of use when a conversation is renamed, pinned or restored', () => {
  add('a', 1);
  add('b', 2);
  store.conversations.rename('a', 'Another');
  store.conversations.pin('a', true);
  store.conversations.pin('a', false);
  store.conversations.delete('a', 3);
  store.conversations.restore('a');
  expect(order()).toEqual(['b', 'a']);
});

test('counts the changes of each conversation', () => {
  add('a', 1);
  add('b', 2);
  const revision = (id: string) => store.conversations.find(id)?.revision;
  expect(revision('a')).toBe(1);
  const changes = [
    () => store.conversations.touch('a', 9),
    () => store.conversations.rename('a', 'Another'),
    () => store.conversations.pin('a', true),
  ];
  for (const [index, change] of changes.entries()) {
    change();
    expect(revision('a')).toBe(index + 2);
  }
  expect(revision('b')).toBe(1);
});

test('does nothing if a conversation exists already, even in Trash', () => {
  add('a', 1, 'First');
  add('a', 9, 'Second');
  expect(store.conversations.find('a')).toMatchObject({ title: 'First', createdAt: 1, revision: 1 });
  store.conversations.delete('a', 2);
  add('a', 9, 'Third');
  expect(store.conversations.find('a')).toBeUndefined();
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
    activity: 1,
    revision: 2,
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
