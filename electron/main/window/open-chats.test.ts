import { expect, test } from 'vitest';
import { createOpenChats } from './open-chats';

test('gives a chat to the window that asks first', () => {
  const chats = createOpenChats<string>();
  expect(chats.claim('one', 'fox')).toBe('one');
  expect(chats.claim('two', 'fox')).toBe('one');
  expect(chats.claim('one', 'fox')).toBe('one');
  expect(chats.ownerOf('fox')).toBe('one');
});

test('frees the chats that a window has left, and no others', () => {
  const chats = createOpenChats<string>();
  for (const chat of ['fox', 'boat', 'new']) chats.claim('one', chat);
  chats.claim('two', 'owl');
  chats.keepOnly('one', ['boat', 'new', 'owl']);
  expect(['fox', 'boat', 'new', 'owl'].map(chats.ownerOf)).toEqual([undefined, 'one', 'one', 'two']);
});

test('frees every chat of a window that was closed', () => {
  const chats = createOpenChats<string>();
  chats.claim('one', 'fox');
  chats.claim('two', 'boat');
  chats.release('one');
  expect(chats.claim('two', 'fox')).toBe('two');
  expect(chats.ownerOf('boat')).toBe('two');
  expect(chats.ofOthers('two')).toEqual([]);
  expect(chats.ofOthers('one')).toEqual(['boat', 'fox']);
});

test('moves a chat to another window, where the first one’s next report does not take it back', () => {
  const chats = createOpenChats<string>();
  chats.claim('one', 'fox');
  chats.move('two', 'fox');
  chats.keepOnly('one', ['fox', 'new']);
  expect(chats.ownerOf('fox')).toBe('two');
});
