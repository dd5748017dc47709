import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sayInEnglish, sentence } from '../../../shared/languages/sentence';
import { NotAFile } from '../../files/read-regular';
import { writeAtomicallySync } from '../../files/write-atomically-sync';
import { InvalidEnvironment } from '../config/environment';
import { DatabaseFromTheFuture } from '../db/migrate';
import { openPlain } from '../db/test-database';
import { temporaryFolder } from '../test-support/temporary-folder';
import { CannotStart, explainStartFailure } from './cannot-start';

const folder = '/home/me/afterimage';

function explained(...start: Parameters<typeof explainStartFailure>): string {
  return sayInEnglish(explainStartFailure(...start));
}

function coded(code: string): Error {
  return Object.assign(new Error('no further'), { code });
}

test.each([
  ['ENOSPC', 'is full'],
  ['EDQUOT', 'is full'],
  ['SQLITE_FULL', 'is full'],
  ['EROFS', 'may not write'],
  ['EACCES', 'may not write'],
  ['EPERM', 'may not write'],
  ['SQLITE_READONLY_DBMOVED', 'may not write'],
  ['SQLITE_CANTOPEN', 'may not write'],
  ['ENOTDIR', 'could not create'],
  ['ENOENT', 'could not create'],
  ['ENAMETOOLONG', 'could not create'],
  ['SQLITE_BUSY_SNAPSHOT', 'Another program'],
  ['EBUSY', 'Another program'],
  ['EIO', 'does not answer'],
  ['ESTALE', 'does not answer'],
  ['SQLITE_IOERR_SHMMAP', 'does not answer'],
  ['SQLITE_CORRUPT', 'could not be repaired'],
  ['SQLITE_NOTADB', 'could not be repaired'],
])('%s says that the folder or its disk %s', (code, words) => {
  const text = explained(coded(code), folder);
  expect(text).toContain(words);
  expect(text).toContain(folder);
  expect(text).not.toContain('no further');
});

test.each([
  ['EMFILE', 'Close other programs'],
  ['SQLITE_NOMEM', 'Close other programs'],
  ['ERR_DLOPEN_FAILED', 'Install Afterimage again'],
  ['MODULE_NOT_FOUND', 'Install Afterimage again'],
])('%s says what to do about the program', (code, words) => {
  expect(explained(coded(code), folder)).toContain(words);
});

test('names the folder that has the name of a file', () => {
  const { folder: real, remove } = temporaryFolder();
  onTestFinished(remove);
  const place = path.join(real, 'afterimage.db');
  mkdirSync(place);
  expect(explained(new NotAFile(place), real)).toContain(`${place} is not a file`);
  const replace = () => writeAtomicallySync(place, 'text');
  expect(explained(thrown(replace), real)).toContain(`${place} is not a file`);
});

test.each([
  [new Error('a bug'), 'Error: a bug'],
  [coded('EWHATEVER'), 'Error: no further'],
  ['a bug', 'a bug'],
  [null, 'null'],
  [undefined, 'undefined'],
  [Object.create(null), 'null prototype'],
])('quotes %o, which has no known cause', (error, quoted) => {
  expect(explained(error, folder)).toContain(quoted);
});

test('shows the messages that were written for the user as they are', () => {
  expect(explained(new CannotStart(sentence('desktop.start_in_words', { words: 'Because.' })), folder)).toBe(
    'Because.',
  );
  expect(explained(new InvalidEnvironment('Use a number.'), null)).toBe('Use a number.');
  expect(explained(new DatabaseFromTheFuture(99, 12), folder)).toContain('newer version');
});

test('recognises what Node and SQLite really throw', () => {
  const { folder: real, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = path.join(real, 'file');
  writeFileSync(file, 'x'.repeat(2000));
  expect(
    explained(
      thrown(() => mkdirSync(path.join(file, 'images'))),
      file,
    ),
  ).toContain('could not create');
  const readText = () => openPlain(file).pragma('user_version');
  expect(explained(thrown(readText), real)).toContain('could not be repaired');
  const first = openPlain(path.join(real, 'a.db'));
  onTestFinished(() => void first.close());
  first.exec('BEGIN EXCLUSIVE');
  const second = openPlain(path.join(real, 'a.db'));
  onTestFinished(() => void second.close());
  second.pragma('busy_timeout = 0');
  expect(
    explained(
      thrown(() => second.exec('CREATE TABLE t (a)')),
      real,
    ),
  ).toContain('Another program');
});

function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
