import { expect, test } from 'vitest';
import type { ImportProgress } from '../../../shared/contract/import';
import { isUnderWay, skippedCount, tell } from './import-text';

const progress: ImportProgress = { state: 'done', found: 9, done: 9, added: 0, skipped: {}, names: [] };

test.each([
  ['looking', 3, 'Looking for pictures', '9 files so far'],
  ['running', 3, 'Bringing in pictures', '9 of 9'],
  ['done', 0, 'Nothing to add', null],
  ['done', 1, '1 picture added', null],
  ['done', 1_200, '1,200 pictures added', null],
] as const)('%s, with %i added', (state, added, title, text) => {
  expect(tell({ ...progress, state, added })).toEqual({ title, text });
});

test.each(['cancelled', 'stopped', 'interrupted'] as const)('%s: says how to go on', (state) => {
  expect(tell({ ...progress, state }).text).toContain('Drop the files again');
  expect(isUnderWay({ ...progress, state })).toBe(false);
});

test('what was left out is added up', () => {
  expect(skippedCount({ ...progress, skipped: { duplicate: 3, empty: 1 } })).toBe(4);
  expect(skippedCount(progress)).toBe(0);
});
