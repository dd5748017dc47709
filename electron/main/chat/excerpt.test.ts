import { expect, test } from 'vitest';
import { excerptOf } from './excerpt';

const long = `${'word '.repeat(100)}Straße in Łódź${' more'.repeat(100)}`;

test.each([
  ['a red fox', 'fox', 'a red fox'],
  ['a\n\n  red\tfox', 'fox', 'a red fox'],
  ['a red fox', 'unicorn', 'a red fox'],
  ['', 'fox', ''],
])('shows %j for %j', (text, search, excerpt) => {
  expect(excerptOf(text, search)).toBe(excerpt);
});

test.each(['strasse', 'LODZ', 'rass', '"in lodz"'])('shows what is around %j in a long text', (search) => {
  const excerpt = excerptOf(long, search);
  expect(excerpt).toContain('Straße in Łódź');
  expect(excerpt).toMatch(/^… word .*…$/);
  expect(excerpt.length).toBeLessThan(150);
});

test('shows a place in a text without spaces, and no half of a character', () => {
  const excerpt = excerptOf(`${'🦊'.repeat(300)}富士山${'🦊'.repeat(300)}`, '富士');
  expect(excerpt).toContain('富士山');
  expect(excerpt.isWellFormed()).toBe(true);
});
