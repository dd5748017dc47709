import { expect, test } from 'vitest';
import { safeQuote } from './safe-quote';

test.each([
  "Unknown parameter: 'size[]'.",
  'image_size must be <= 2048 * 2048 (got #3 of `n`)',
  '“größe” ist zu groß: 4096 > 2048',
])('quotes every character of “%s”', (text) => {
  expect(safeQuote(text, [null, ''])).toBe(text);
});

test('removes keys, line breaks and invisible characters, and truncates long text', () => {
  const hidden = 'no \u202esuch\u0000\n\n size with a-key-of-the-user and sk-1234567890';
  expect(safeQuote(hidden, ['a-key-of-the-user'])).toBe('no such size with … and …');
  expect(safeQuote('x'.repeat(300), [], 10)).toBe(`${'x'.repeat(9)}…`);
});
