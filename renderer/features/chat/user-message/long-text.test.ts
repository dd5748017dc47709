import { expect, test } from 'vitest';
import { beginningOf, isLong } from './long-text';

test.each([
  ['', false],
  ['a fox', false],
  ['x'.repeat(2500), false],
  ['x'.repeat(2501), true],
  ['a\n'.repeat(23), false],
  ['a\n'.repeat(24), true],
  ['🦊'.repeat(20_000), true],
])('decides whether %j is collapsed', (text, folded) => {
  expect(isLong(text)).toBe(folded);
});

test('renders the beginning of a long text without splitting a character', () => {
  expect(beginningOf('a fox')).toBe('a fox');
  expect(beginningOf('x'.repeat(20_000))).toHaveLength(2000);
  const foxes = beginningOf(`x${'🦊'.repeat(20_000)}`);
  expect(foxes.isWellFormed()).toBe(true);
  expect(foxes).toHaveLength(1999);
});
