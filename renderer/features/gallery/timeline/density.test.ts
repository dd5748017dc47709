import { expect, test } from 'vitest';
import { groupingFor } from './density';

test('groups the whole gallery by day, and by month when its pictures are small', () => {
  expect(groupingFor('large', true, false)).toBe('day');
  expect(groupingFor('medium', true, false)).toBe('day');
  expect(groupingFor('small', true, false)).toBe('month');
});

test.each(['large', 'medium', 'small'] as const)('shows search results without headings, %s', (density) => {
  expect(groupingFor(density, true, true)).toBe('none');
  expect(groupingFor(density, false, true)).toBe('none');
  expect(groupingFor(density, false, false)).toBe('none');
});
