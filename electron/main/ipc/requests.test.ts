import { describe, expect, test } from 'vitest';
import { openPlain } from '../db/test-database';
import { codeOf, isRequestName, parseInput } from './requests';

const hasRoom = () => false;

function coded(code: string): Error {
  return Object.assign(new Error('no further'), { code });
}

describe('isRequestName', () => {
  test('accepts a name of the contract', () => expect(isRequestName('chat:send')).toBe(true));
  test.each(['chat:sends', 'toString', '__proto__', '', 1, null, undefined, ['chat:send']])(
    'rejects %j',
    (name) => expect(isRequestName(name)).toBe(false),
  );
});

describe('parseInput', () => {
  test('returns input that matches the schema', () => {
    expect(parseInput('messages:retry', { messageId: '01930000-0000-7000-8000-0000000000ab' })).toEqual({
      ok: true,
      value: { messageId: '01930000-0000-7000-8000-0000000000ab' },
    });
  });

  test.each([null, 'text', [], {}, { messageId: 'x' }, { messageId: 1 }])('rejects %j', (input) => {
    expect(parseInput('messages:retry', input)).toMatchObject({ ok: false, code: 'bad_request' });
  });

  test('names the field that does not match', () => {
    const parsed = parseInput('messages:retry', { messageId: 'x' });
    expect(!parsed.ok && parsed.message).toContain('messageId');
  });
});

describe('codeOf', () => {
  test.each([
    ['SQLITE_FULL', 'disk_full'],
    ['ENOSPC', 'disk_full'],
    ['EDQUOT', 'disk_full'],
    ['SQLITE_CORRUPT', 'database_damaged'],
    ['SQLITE_CORRUPT_INDEX', 'database_damaged'],
    ['SQLITE_NOTADB', 'database_damaged'],
    ['SQLITE_IOERR_WRITE', 'not_saved'],
    ['SQLITE_READONLY', 'not_saved'],
    ['EROFS', 'not_saved'],
    ['SQLITE_CONSTRAINT', 'internal'],
    ['ENOENT', 'internal'],
  ])('maps %s to %s', (code, expected) => expect(codeOf(coded(code), hasRoom)).toBe(expected));

  test('maps an I/O error to disk_full if the disk is full', () => {
    expect(codeOf(coded('SQLITE_IOERR_SHMSIZE'), () => true)).toBe('disk_full');
  });

  test.each([new Error('a bug'), 'text', null, undefined])('maps %s to internal', (error) => {
    expect(codeOf(error, () => true)).toBe('internal');
  });

  test('maps what SQLite throws when a database cannot grow', () => {
    const database = openPlain(':memory:');
    database.exec('CREATE TABLE t (text TEXT)');
    database.pragma('max_page_count = 4');
    let thrown: unknown;
    try {
      database.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(100_000));
    } catch (error) {
      thrown = error;
    } finally {
      database.close();
    }
    expect(codeOf(thrown, hasRoom)).toBe('disk_full');
  });
});
