import { expect, test } from 'vitest';
import { explainEmptied, explainEmptying } from './trash-text';

test('what emptying removes is said before', () => {
  expect(explainEmptying({ pictures: 1, conversations: 2, bytes: 0 })).toMatch(
    /^1 picture and 2 conversations will be removed for good\./,
  );
});

test.each([
  [0, 0, 'Trash is empty. 2.0 MB freed.'],
  [0, 1, '2.0 MB freed. 1 conversation stayed: something in it is still being made.'],
  [0, 3, '2.0 MB freed. 3 conversations stayed: something in them is still being made.'],
  [1, 0, '2.0 MB freed. 1 picture stayed.'],
])('%i pictures and %i conversations that stayed are said after', (pictures, conversations, words) => {
  expect(explainEmptied({ bytes: 2_000_000, stayed: { pictures, conversations } })).toBe(words);
});
