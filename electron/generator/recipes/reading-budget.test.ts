import { expect, test } from 'vitest';
import { findRecipe } from './read-recipe';
import { createReadingBudget } from './reading-budget';
import { parameters, png, withPacked, withText } from './test-recipes';

/** Returns a picture with this many texts of this length, none of which is a recipe. */
function withTexts(count: number, length: number, isPacked = false): Buffer {
  let file: Buffer = png;
  for (let index = 0; index < count; index += 1) {
    const text = 'a'.repeat(length);
    file = isPacked ? withPacked(`note ${index}`, text, file) : withText(`note ${index}`, text, file);
  }
  return file;
}

test('refuses more than the maximum number of bytes, and everything after that', () => {
  const budget = createReadingBudget({ maxBytes: 10 });
  expect([budget.take(10), budget.isExceeded()]).toEqual([true, false]);
  expect([budget.take(1), budget.take(0), budget.isExceeded()]).toEqual([false, false, true]);
});

test('stops at the maximum time', () => {
  let time = 100;
  const budget = createReadingBudget({ maxMs: 50, now: () => time });
  time = 149;
  expect(budget.take(1)).toBe(true);
  time = 150;
  expect([budget.take(1), budget.isExceeded()]).toEqual([false, true]);
});

test('leaves nothing unread of a picture without metadata, or with a recipe within the budget', () => {
  expect(findRecipe(png, 'png')).toEqual({ recipe: null, isLeftUnread: false });
  const found = findRecipe(withText('parameters', parameters), 'png');
  expect([found.recipe?.seed, found.isLeftUnread]).toEqual([3_965_124_971, false]);
});

test.each<[string, () => Buffer]>([
  ['a text above the maximum length', () => withText('parameters', 'a'.repeat(5_000_000))],
  ['a text that inflates beyond it', () => withPacked('parameters', 'a'.repeat(5_000_000))],
  ['more texts than are read', () => withTexts(65, 1)],
  ['more bytes than are read, in texts of which each is short enough', () => withTexts(20, 1_000_000)],
  ['more bytes than are read, compressed', () => withTexts(20, 1_000_000, true)],
])('leaves %s unread, and reports it', (_name, make) => {
  expect(findRecipe(make(), 'png')).toMatchObject({ recipe: null, isLeftUnread: true });
});

test('reports nothing unread if a recipe was found', () => {
  const file = withText('parameters', parameters, withTexts(65, 1));
  expect(findRecipe(file, 'png')).toMatchObject({ recipe: { source: 'automatic1111' }, isLeftUnread: false });
});

test('parses no recipe after the maximum time', () => {
  let time = 0;
  const budget = createReadingBudget({ maxMs: 1, now: () => time++ });
  expect(findRecipe(withText('parameters', parameters), 'png', budget)).toEqual({
    recipe: null,
    isLeftUnread: true,
  });
});
