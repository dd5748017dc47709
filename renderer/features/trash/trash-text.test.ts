import { expect, test } from 'vitest';
import { explainEmptied, explainEmptying, removalText } from './trash-text';

test('says what emptying will remove', () => {
  expect(explainEmptying({ pictures: 1, conversations: 2, bytes: 0 })).toMatch(
    /^1 picture and 2 chats will be removed permanently\./,
  );
});

test.each([
  [0, 0, 'Trash is empty. 2.0\u00a0MB freed.'],
  [0, 1, '2.0\u00a0MB freed. 1 chat stayed because a picture in it is still being made.'],
  [0, 3, '2.0\u00a0MB freed. 3 chats stayed because a picture in them is still being made.'],
  [1, 0, '2.0\u00a0MB freed. 1 picture stayed.'],
])('reports %i pictures and %i conversations that stayed', (pictures, conversations, words) => {
  expect(explainEmptied({ bytes: 2_000_000, stayed: { pictures, conversations } })).toBe(words);
});

test('says the day of a removal, which may be overdue', () => {
  const now = new Date(2026, 10, 22, 12).getTime();
  expect(removalText(new Date(2026, 11, 3).getTime(), now)).toBe('Will be removed on 3 December');
  expect(removalText(now - 1, now)).toBe('Will be removed today');
});

test.each([0, 9, 23])('names the day of a removal at any time of day, such as %i h', (hour) => {
  const today = new Date(2026, 10, 22, hour).getTime();
  expect(removalText(new Date(2026, 10, 22, 14).getTime(), today)).toBe('Will be removed today');
  expect(removalText(new Date(2026, 10, 23, 1).getTime(), today)).toBe('Will be removed on 23 November');
  expect(removalText(new Date(2026, 9, 1).getTime(), today)).toBe('Will be removed today');
});
