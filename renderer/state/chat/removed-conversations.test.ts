import { expect, test } from 'vitest';
import { createRemovedConversations } from './removed-conversations';

test('detects events from before a deletion, but not those of a restored conversation', () => {
  const removed = createRemovedConversations();
  expect(removed.has({ id: 'a', revision: 1 })).toBe(false);
  removed.add('a', 7);
  expect([6, 7, 8].map((revision) => removed.has({ id: 'a', revision }))).toEqual([true, true, false]);
  expect(removed.has({ id: 'b', revision: 6 })).toBe(false);
});

test('remembers the last hundred deletions', () => {
  const removed = createRemovedConversations();
  for (let number = 1; number <= 100; number += 1) removed.add(`c${number}`, number);
  // The conversation was restored and deleted again.
  removed.add('c1', 500);
  removed.add('c101', 501);
  const remembered = (number: number) => removed.has({ id: `c${number}`, revision: 1 });
  expect([1, 2, 3, 100, 101].map(remembered)).toEqual([true, false, true, true, true]);
});
