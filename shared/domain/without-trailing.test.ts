import { expect, test } from 'vitest';
import { withoutTrailing } from './without-trailing';

test.each([
  ['https://a.b//', '/', 'https://a.b'],
  ['///', '/', ''],
  ['a/b', '/', 'a/b'],
  ['', '.', ''],
  ['a\0\0b\0', '\0', 'a\0\0b'],
])('%j without trailing %j is %j', (text, character, result) => {
  expect(withoutTrailing(text, character)).toBe(result);
});
