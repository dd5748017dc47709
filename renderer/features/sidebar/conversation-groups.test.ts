import { expect, test } from 'vitest';
import type { Conversation } from '../../../shared/domain/conversations';
import { groupConversations } from './conversation-groups';

const now = new Date(2026, 10, 28, 15, 0).getTime();
const at = (...parts: [year: number, month: number, day: number, hour?: number]) =>
  new Date(...parts).getTime();

function conversation(id: string, updatedAt: number, pinned = false): Conversation {
  return { id, title: id, pinned, createdAt: 0, updatedAt, activity: 1, revision: 1 };
}

function grouped(conversations: Conversation[], time = now) {
  return groupConversations(conversations, time).map(({ title, conversations: rows }) => [
    title,
    ...rows.map(({ id }) => id),
  ]);
}

test('groups by the local day, then by the month, and names the year of earlier ones', () => {
  const list = [
    conversation('pinned', at(2024, 0, 1), true),
    conversation('now', now),
    conversation('midnight', at(2026, 10, 28)),
    conversation('late yesterday', at(2026, 10, 28) - 1),
    conversation('yesterday', at(2026, 10, 27)),
    conversation('the day before', at(2026, 10, 26, 23)),
    conversation('a week ago', at(2026, 10, 21)),
    conversation('this month', at(2026, 10, 20, 23)),
    conversation('October', at(2026, 9, 31, 23)),
    conversation('January', at(2026, 0, 1)),
    conversation('last year', at(2025, 11, 31, 23)),
    conversation('the year before', at(2024, 11, 31)),
  ];
  expect(grouped(list)).toEqual([
    ['Pinned', 'pinned'],
    ['Today', 'now', 'midnight'],
    ['Yesterday', 'late yesterday', 'yesterday'],
    ['Last 7 days', 'the day before', 'a week ago'],
    ['November', 'this month'],
    ['October', 'October'],
    ['January', 'January'],
    ['December 2025', 'last year'],
    ['December 2024', 'the year before'],
  ]);
});

test('on the first of a month, yesterday is in the month before', () => {
  const time = at(2026, 2, 1, 0);
  const list = [
    conversation('today', time),
    conversation('yesterday', time - 1),
    conversation('old', at(2026, 1, 21)),
  ];
  expect(grouped(list, time)).toEqual([
    ['Today', 'today'],
    ['Yesterday', 'yesterday'],
    ['February', 'old'],
  ]);
});

test.each([
  ['in the future', at(2030, 0, 1)],
  ['in 1970', 0],
])('a date %s does not move a conversation, and no group is repeated', (_what, wrong) => {
  const list = [
    conversation('a', now),
    conversation('wrong', wrong),
    conversation('b', at(2026, 10, 27)),
    conversation('c', at(2026, 9, 1)),
  ];
  expect(grouped(list)).toEqual([
    ['Today', 'a'],
    ['Yesterday', 'wrong', 'b'],
    ['October', 'c'],
  ]);
});

test('a new date on the least recently used conversation does not change the others', () => {
  const list = [
    conversation('a', at(2026, 10, 27)),
    conversation('b', at(2026, 9, 1)),
    conversation('c', at(2026, 8, 1)),
    conversation('wrong', now),
  ];
  expect(grouped(list)).toEqual([
    ['Yesterday', 'a'],
    ['October', 'b'],
    ['September', 'c', 'wrong'],
  ]);
});

test('conversations of the same time are in one group', () => {
  expect(grouped([conversation('a', now), conversation('b', now), conversation('c', now)])).toEqual([
    ['Today', 'a', 'b', 'c'],
  ]);
});

test('no group is repeated, whatever the dates', () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (let round = 0; round < 200; round += 1) {
    const list = Array.from({ length: 30 }, (_, index) =>
      conversation(`c${index}`, now + (random() - 0.9) * 500 * 86_400_000),
    );
    const groups = groupConversations(list, now);
    expect(new Set(groups.map(({ title }) => title)).size).toBe(groups.length);
    expect(groups.flatMap(({ conversations }) => conversations)).toEqual(list);
  }
});

test('conversations with only wrong dates are grouped under today', () => {
  expect(grouped([conversation('a', at(2031, 0, 1)), conversation('b', at(2030, 0, 1))])).toEqual([
    ['Today', 'a', 'b'],
  ]);
  expect(grouped([])).toEqual([]);
});

test('each conversation of ten thousand is in one group, in its order', () => {
  const list = Array.from({ length: 10_000 }, (_, index) =>
    conversation(`c${index}`, now - index * 3_600_000, index < 3),
  );
  const groups = groupConversations(list, now);
  expect(groups.flatMap(({ conversations }) => conversations)).toEqual(list);
  expect(new Set(groups.map(({ title }) => title)).size).toBe(groups.length);
});
