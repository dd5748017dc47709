import { expect, test } from 'vitest';
import { titleFrom } from './title';

test.each([
  ['a red fox at dawn', 'a red fox at dawn'],
  ['/image a red fox', 'a red fox'],
  ['  two\n\nlines  ', 'two lines'],
  [
    'generate an image of a lighthouse in a storm with waves as high as houses',
    'generate an image of a lighthouse in a storm with waves as…',
  ],
])('%s', (text, title) => {
  expect(titleFrom(text)).toBe(title);
});

test('cuts a long word, but never an emoji', () => {
  expect(titleFrom('x'.repeat(32_000))).toBe(`${'x'.repeat(59)}…`);
  expect(titleFrom('👩‍👩‍👧'.repeat(100))).toBe(`${'👩‍👩‍👧'.repeat(59)}…`);
});
