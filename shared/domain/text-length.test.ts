import { expect, test } from 'vitest';
import { z } from 'zod';
import { lengthOf, lengthProblem } from './text-length';

test.each([
  ['', 0, null],
  ['abc', 3, null],
  ['abcd', 3, '4 of at most 3 characters.'],
  ['x'.repeat(50_000), 32_000, '50,000 of at most 32,000 characters.'],
  ['😀'.repeat(3), 3, null],
  ['😀'.repeat(4), 3, '4 of at most 3 characters.'],
])('says how much too long a text is (%#)', (text, maxLength, problem) => {
  expect(lengthProblem(text, maxLength)).toBe(problem);
});

test.each(['', 'abc', '😀', '👩‍👩‍👧', 'e\u0301', '\ud83d', 'a😀b'])('counts %j as schemas do', (text) => {
  const length = lengthOf(text);
  expect(z.string().max(length).safeParse(text).success).toBe(true);
  if (length > 0)
    expect(
      z
        .string()
        .max(length - 1)
        .safeParse(text).success,
    ).toBe(false);
});
