import { expect, test } from 'vitest';
import { explainEmptied, explainEmptying } from './trash-text';

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
