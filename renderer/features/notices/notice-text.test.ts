import { expect, test } from 'vitest';
import type { DataNotice } from '../../../shared/contract/app';
import { wordsFor } from './notice-text';

const rescued: DataNotice = {
  kind: 'rescued',
  found: 'damaged',
  at: 2,
  oldFile: 'afterimage.db.corrupt-20261122-140233',
  backupAt: 1,
  salvaged: 12,
  unreadable: 0,
};
const showTime = (at: number) => `day ${at}`;

function textOf(changes: Partial<DataNotice>): string {
  return wordsFor({ ...rescued, ...changes }, showTime).text;
}

test('a repair says where the old file is, which backup is in use and how many pictures came back', () => {
  expect(wordsFor(rescued, showTime)).toEqual({
    title: 'The database was damaged and has been replaced',
    text:
      'The old one is kept as afterimage.db.corrupt-20261122-140233. The backup of day 1 was restored; ' +
      'conversations and settings changed since then are missing. ' +
      '12 pictures came back into the gallery from their files.',
  });
});

test('without a backup it says what could not be restored', () => {
  expect(textOf({ backupAt: null })).toContain('There was no backup');
});

test.each([
  [null, 0, 'Pictures are being looked for'],
  [0, 0, 'No picture was missing'],
  [1, 0, '1 picture came back into the gallery from its file.'],
  [1500, 0, '1,500 pictures came back'],
  [2, 1, 'their files. 1 picture file could not be read.'],
  [2, 3, '3 picture files could not be read.'],
])('%s pictures found, %i not readable', (salvaged, unreadable, words) => {
  expect(textOf({ salvaged, unreadable })).toContain(words);
});

test('a missing database has no old file to speak of', () => {
  const { title, text } = wordsFor({ ...rescued, found: 'missing', oldFile: null }, showTime);
  expect(title).toBe('The database was missing');
  expect(text).not.toContain('kept as');
});

test('damage that was just met says what to do', () => {
  const { title, text } = wordsFor({ ...rescued, kind: 'suspected' }, showTime);
  expect(title).toBe('The database is damaged');
  expect(text).toContain('Restart now');
});
