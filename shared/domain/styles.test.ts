import { expect, test } from 'vitest';
import { applyStyles, missingValues } from './apply-styles';
import { starterStyle } from './starter-styles';
import { freeStyleName, keyOfName, starterNames, styleTextsSchema, usedStyleSchema } from './styles';

test('the starters have a name and a prompt with a place for the words, and can be used at once', () => {
  for (const name of starterNames) {
    const { id, ...texts } = starterStyle(name);
    expect(styleTextsSchema.safeParse(texts).success, name).toBe(true);
    const used = usedStyleSchema.parse({ id, ...texts, values: {} });
    expect(missingValues(used), name).toEqual([]);
    const whole = applyStyles('a fox', [used], 1000) ?? '';
    expect(whole, name).toContain('a fox');
    expect(whole, name).not.toMatch(/[{}]/);
  }
});

test('finds a free name that is not too long', () => {
  const taken = new Set(['ink', 'ink 2', 'x'.repeat(80)].map(keyOfName));
  expect(freeStyleName('Oil', taken)).toBe('Oil');
  expect(freeStyleName('INK', taken)).toBe('INK 3');
  expect(freeStyleName('x'.repeat(80), taken)).toBe(`${'x'.repeat(78)} 2`);
});
