import { expect, test } from 'vitest';
import type { ImportProgress } from '../../../shared/contract/import';
import { describeRefusal, explainSkip } from '../../../shared/domain/import';
import { say } from '../../../shared/languages/sentence';
import { describeImport, isUnderWay, skippedCount, wentWell } from './import-text';

const progress: ImportProgress = {
  state: 'done',
  found: 9,
  done: 9,
  added: 0,
  skipped: {},
  names: [],
  notes: {},
  noted: [],
};

test.each([
  ['looking', 3, 'Searching for pictures', '9 files so far'],
  ['running', 3, 'Importing pictures', '9 of 9'],
  ['done', 0, 'No new pictures', null],
  ['done', 1, '1 picture added', null],
  ['done', 1_200, '1,200 pictures added', null],
] as const)('%s, with %i added', (state, added, title, text) => {
  expect(describeImport({ ...progress, state, added })).toEqual({ title, text });
});

test('reports pictures that already existed, even if none was added', () => {
  const skipped = { duplicate: 1_200, empty: 1 };
  const present = '1,200 files were in the gallery already.';
  expect(describeImport({ ...progress, skipped })).toEqual({ title: 'No new pictures', text: present });
  expect(describeImport({ ...progress, state: 'cancelled', skipped }).text).toContain(present);
});

test.each(['cancelled', 'stopped', 'source-gone', 'interrupted'] as const)(
  'says how to continue after an import that was %s',
  (state) => {
    expect(describeImport({ ...progress, state }).text).toContain('Drop the files again');
    expect(isUnderWay({ ...progress, state })).toBe(false);
  },
);

test('a picture of too many pixels is left out with its size and the limit, in the list and beside a message', () => {
  const file = { name: 'map.png', reason: 'too-large', size: { width: 20_000, height: 12_000 } } as const;
  expect(explainSkip(file)).toBe('240 megapixels (20000 × 12000); 200 at most');
  expect(say(describeRefusal(file))).toBe(
    '“map.png” was not attached: it has 240 megapixels (20000 × 12000), and at most 200 are possible.',
  );
  // Never rounded down to the limit itself.
  expect(explainSkip({ ...file, size: { width: 14_143, height: 14_142 } })).toContain('200.1 megapixels');
  expect(explainSkip({ reason: 'too-large' })).toBe('larger than 200 megapixels or 256\u00a0MB');
});

test('adds up the skipped files', () => {
  expect(skippedCount({ ...progress, skipped: { duplicate: 3, empty: 1 } })).toBe(4);
  expect(skippedCount(progress)).toBe(0);
});

test('is successful only if everything was added completely', () => {
  const good = { ...progress, added: 9 };
  expect(wentWell(good)).toBe(true);
  expect(wentWell(progress)).toBe(false);
  expect(wentWell({ ...good, skipped: { duplicate: 1 } })).toBe(false);
  for (const note of ['recipe', 'pages', 'embedded'] as const)
    expect(wentWell({ ...good, notes: { [note]: 1 } })).toBe(false);
  // Nearly every photo from a phone has these.
  expect(wentWell({ ...good, notes: { layers: 800, depth: 3 } })).toBe(true);
  expect(wentWell({ ...good, notes: { layers: 800, frames: 1 } })).toBe(false);
  for (const state of ['looking', 'running', 'cancelled', 'stopped', 'source-gone', 'interrupted'] as const) {
    expect(wentWell({ ...good, state })).toBe(false);
  }
});
