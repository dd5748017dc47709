import { expect, test } from 'vitest';
import type { Conversation } from '../../../shared/domain/conversations';
import { withConversations } from './conversations';

function conversation(id: string, changes: Partial<Conversation>): Conversation {
  return { id, title: id, pinned: false, createdAt: 0, updatedAt: 0, activity: 1, revision: 1, ...changes };
}

const idsOf = (list: readonly Conversation[]) => list.map(({ id }) => id);

test('pinned conversations come first, then the last used, whatever the clock says', () => {
  const list = [
    conversation('used first', { activity: 1, updatedAt: 9_000 }),
    conversation('used last', { activity: 3, updatedAt: 1_000 }),
    conversation('pinned', { activity: 2, pinned: true, updatedAt: 5_000 }),
  ];
  expect(idsOf(withConversations([], list))).toEqual(['pinned', 'used last', 'used first']);
  const used = conversation('used first', { activity: 4, revision: 2, updatedAt: 10 });
  expect(idsOf(withConversations(list, [used]))).toEqual(['pinned', 'used first', 'used last']);
});

test('an older version does not replace a newer one, and an equal one does', () => {
  const known = conversation('a', { revision: 5, title: 'renamed', updatedAt: 1 });
  const older = conversation('a', { revision: 4, title: 'before', updatedAt: 9_000 });
  expect(withConversations([known], [older])).toEqual([known]);
  const equal = { ...known, title: 'the same revision' };
  expect(withConversations([known], [equal])).toEqual([equal]);
});
