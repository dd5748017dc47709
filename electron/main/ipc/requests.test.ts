import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nativeBinding } from '../db/native-binding';
import { openStore } from '../db/open';
import { openPlain } from '../db/test-database';
import { temporaryFolder } from '../test-support/temporary-folder';
import { codeOf, isFromTrustedPage, isRequestName, parseInput, retryWhileBusy } from './requests';

const hasRoom = () => false;

function coded(code: string): Error {
  return Object.assign(new Error('no further'), { code });
}

describe('isFromTrustedPage', () => {
  const page = { url: 'afterimage://app/index.html', parent: null };
  const foreign = { url: 'https://example.com/', parent: null };
  const isTrusted = (url: string) => url.startsWith('afterimage://app/');

  test('accepts our page in the top frame', () => {
    expect(isFromTrustedPage({ senderFrame: page }, isTrusted)).toBe(true);
  });

  test.each([
    ['another page', foreign],
    ['our page in a frame of our page', { ...page, parent: page }],
    ['our page in a frame of another page', { ...page, parent: foreign }],
    ['another page in a frame of our page', { ...foreign, parent: page }],
    ['a frame that has gone', null],
  ])('rejects %s', (_what, senderFrame) => {
    expect(isFromTrustedPage({ senderFrame }, isTrusted)).toBe(false);
  });
});

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

describe('retryWhileBusy', () => {
  /** A store, and another program's connection that has locked its database. */
  function openLocked() {
    const { folder, remove } = temporaryFolder();
    const file = path.join(folder, 'test.db');
    const store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
    const other = openPlain(file);
    other.exec('BEGIN IMMEDIATE');
    onTestFinished(() => {
      other.close();
      store.close();
      remove();
    });
    return { store, other };
  }

  test('writes as soon as the lock is gone, and leaves the process free until then', async () => {
    const { store, other } = openLocked();
    let waits = 0;
    const written = await retryWhileBusy(
      () => store.transaction(() => store.settings.write({ theme: 'dark' })),
      async () => {
        waits += 1;
        if (waits === 3) other.exec('ROLLBACK');
      },
    );
    expect(written).toBeUndefined();
    expect(waits).toBe(3);
    expect(store.settings.read().theme).toBe('dark');
  });

  test('throws an error with a code of its own if the lock lasts', async () => {
    const { store } = openLocked();
    const write = () => store.transaction(() => store.settings.write({ theme: 'dark' }));
    const error: unknown = await retryWhileBusy(write, async () => {}).catch((thrown: unknown) => thrown);
    expect(codeOf(error, hasRoom)).toBe('database_busy');
    expect(store.settings.read().theme).toBe('system');
  });

  test('does not repeat what fails for another reason', async () => {
    let runs = 0;
    const fail = () => {
      runs += 1;
      throw coded('SQLITE_FULL');
    };
    await expect(retryWhileBusy(fail, async () => {})).rejects.toThrow();
    expect(runs).toBe(1);
  });
});
