import { expect, test } from 'vitest';
import { limitNote, referenceLimit, useOf } from './reference-limit';

test.each([
  [0, 14, 'To edit'],
  [1, 14, 'Reference 2'],
  [1, 1, 'Left out'],
  [14, 14, 'Left out'],
  // A model that takes none: the message is refused, and nothing is left out.
  [0, 0, 'To edit'],
  [2, Number.POSITIVE_INFINITY, 'Reference 3'],
])('picture %i of a model that takes %f is called %j', (index, limit, word) => {
  expect(useOf(index, limit)).toBe(word);
});

test('says what a model does not take', () => {
  expect(limitNote(1, 'painter', 'painter-1')).toBe(
    'Offline painter takes no reference pictures. Remove them, or use another model.',
  );
  expect(limitNote(3, 'google', 'gemini-3-pro-image')).toBeNull();
  expect(limitNote(15, 'google', 'gemini-3-pro-image')).toMatch(
    /takes 14 pictures: the other one is left out\.$/,
  );
  expect(limitNote(2, 'automatic1111', 'current')).toMatch(/takes one picture: the other one is left out\.$/);
  expect(limitNote(3, 'automatic1111', 'current')).toMatch(/takes one picture: the others are left out\.$/);
});

test('leaves a model that this version does not know to its service', () => {
  expect(referenceLimit('gemini-of-next-year')).toBe(Number.POSITIVE_INFINITY);
  expect(limitNote(14, 'google', 'gemini-of-next-year')).toBeNull();
});
