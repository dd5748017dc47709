import { expect, test } from 'vitest';
import type { DataNotice } from '../../../shared/contract/app';
import { wordsFor } from './notice-text';

const rescued: DataNotice = {
  kind: 'rescued',
  found: 'damaged',
  oldFile: 'afterimage.db.corrupt-20261122-140233',
  backupAt: 1,
  salvaged: 12,
  unreadable: 0,
};
const showTime = (at: number) => `day ${at}`;

function textOf(changes: Partial<DataNotice>): string {
  return wordsFor({ ...rescued, ...changes }, showTime).text;
}

test('names the old file, the backup and the number of restored pictures after a repair', () => {
  expect(wordsFor(rescued, showTime)).toEqual({
    title: 'The database was damaged and has been replaced',
    text:
      'The old file is kept as afterimage.db.corrupt-20261122-140233. The backup of day 1 was restored; ' +
      'chats and settings changed since then are missing. ' +
      '12 pictures were restored to the gallery from their files.',
  });
});

test('says what could not be restored without a backup', () => {
  expect(textOf({ backupAt: null })).toContain('There was no backup');
});

test.each([
  [null, 0, 'is searching for pictures'],
  [0, 0, 'No picture was missing'],
  [1, 0, '1 picture was restored to the gallery from its file.'],
  [1500, 0, '1,500 pictures were restored'],
  [2, 1, 'their files. 1 picture file could not be read.'],
  [2, 3, '3 picture files could not be read.'],
])('reports %s pictures found and %i unreadable', (salvaged, unreadable, words) => {
  expect(textOf({ salvaged, unreadable })).toContain(words);
});

test('names no old file if the database was missing', () => {
  const { title, text } = wordsFor({ ...rescued, found: 'missing', oldFile: null }, showTime);
  expect(title).toBe('The database was missing');
  expect(text).not.toContain('kept as');
});

test('says what to do about damage that was just detected', () => {
  const { title, text } = wordsFor({ ...rescued, kind: 'suspected' }, showTime);
  expect(title).toBe('The database is damaged');
  expect(text).toContain('Restart now');
});
