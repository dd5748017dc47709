import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, expectTypeOf, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { DatabaseFromTheFuture } from './migrate';
import { migrations } from './migrations';
import { nativeBinding } from './native-binding';
import { createStore, openStore, type ReadStore } from './open';
import { openPlain } from './test-database';

const addon = nativeBinding(process.cwd());

function freshFile(): string {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  return path.join(folder, 'afterimage.db');
}

test('a read handle cannot write', () => {
  expectTypeOf<ReadStore>().not.toHaveProperty('transaction');
  expectTypeOf<ReadStore['messages']>().toHaveProperty('find');
  expectTypeOf<ReadStore['messages']>().not.toHaveProperty('insert');
  expectTypeOf<ReadStore['settings']>().not.toHaveProperty('write');
});

test('keeps what was written after closing and reopening', () => {
  const file = freshFile();
  const first = openStore({ file, nativeBinding: addon });
  first.conversations.insert({ id: 'a', title: 'Kept', createdAt: 1 });
  first.close();
  const second = openStore({ file, nativeBinding: addon });
  onTestFinished(() => second.close());
  expect(second.conversations.find('a')?.title).toBe('Kept');
});

test('refuses a file that can only be read, and leaves it as it is', () => {
  const file = freshFile();
  openStore({ file, nativeBinding: addon }).close();
  const before = readFileSync(file);
  // As SQLite opens a file without the permission to write it, which root always has.
  const opened = new SqliteDatabase(file, { readonly: true, ...(addon && { nativeBinding: addon }) });
  onTestFinished(() => void opened.close());
  expect(() => createStore(opened)).toThrow(expect.objectContaining({ code: 'SQLITE_READONLY' }));
  expect(readFileSync(file)).toEqual(before);
});

test('opens a file while another program writes it', () => {
  const file = freshFile();
  openStore({ file, nativeBinding: addon }).close();
  const other = openPlain(file);
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  const store = openStore({ file, nativeBinding: addon });
  onTestFinished(() => store.close());
  expect(store.conversations.count()).toBe(0);
});

test('commits to the file before the store is closed', () => {
  const file = freshFile();
  const store = openStore({ file, nativeBinding: addon });
  onTestFinished(() => store.close());
  store.transaction(() => store.conversations.insert({ id: 'a', title: 'Kept', createdAt: 1 }));
  const other = openPlain(file);
  onTestFinished(() => void other.close());
  expect(other.prepare('SELECT title FROM conversations').pluck().all()).toEqual(['Kept']);
});

describe('a transaction', () => {
  test('is rolled back when its work throws, and rethrows', () => {
    const store = openStore({ file: ':memory:', nativeBinding: addon });
    onTestFinished(() => store.close());
    const work = () => {
      store.conversations.insert({ id: 'a', title: 'Half', createdAt: 1 });
      throw new Error('no further');
    };
    expect(() => store.transaction(work)).toThrow('no further');
    expect(store.conversations.count()).toBe(0);
  });

  test('inside another rolls back only its own part', () => {
    const store = openStore({ file: ':memory:', nativeBinding: addon });
    onTestFinished(() => store.close());
    store.transaction(() => {
      store.conversations.insert({ id: 'a', title: 'Whole', createdAt: 1 });
      expect(() =>
        store.transaction(() => {
          store.conversations.insert({ id: 'b', title: 'Half', createdAt: 1 });
          throw new Error('no further');
        }),
      ).toThrow('no further');
    });
    expect(store.conversations.newest(10).map(({ id }) => id)).toEqual(['a']);
  });
});

describe('a batch', () => {
  function openedWith() {
    const file = freshFile();
    const store = openStore({ file, nativeBinding: addon });
    onTestFinished(() => store.close());
    return store;
  }
  const conversation = (id: string) => ({ id, title: 'Kept', createdAt: 1 });

  test('is one transaction without a flush, and the next one flushes again', () => {
    const store = openedWith();
    expect(store.synchronous()).toBe('FULL');
    store.batch(() => {
      expect(store.synchronous()).toBe('NORMAL');
      store.conversations.insert(conversation('a'));
    });
    expect(store.synchronous()).toBe('FULL');
    expect(store.conversations.count()).toBe(1);
  });

  test('is rolled back when its work throws, and the next one flushes again', () => {
    const store = openedWith();
    const work = () => {
      store.conversations.insert(conversation('a'));
      throw new Error('no further');
    };
    expect(() => store.batch(work)).toThrow('no further');
    expect(store.synchronous()).toBe('FULL');
    expect(store.conversations.count()).toBe(0);
  });

  test('inside a transaction is part of it, including the flush', () => {
    const store = openedWith();
    const work = () => {
      store.batch(() => {
        expect(store.synchronous()).toBe('FULL');
        store.conversations.insert(conversation('a'));
      });
      throw new Error('no further');
    };
    expect(() => store.transaction(work)).toThrow('no further');
    expect(store.conversations.count()).toBe(0);
  });
});

test('a message needs an existing conversation', () => {
  const store = openStore({ file: ':memory:', nativeBinding: addon });
  onTestFinished(() => store.close());
  const orphan = () =>
    store.messages.insert({
      id: 'a',
      conversationId: 'nowhere',
      role: 'user',
      kind: 'text',
      status: 'ready',
      text: 'Hello',
      provider: null,
      model: null,
      costMicroUsd: null,
      error: null,
      createdAt: 1,
      updatedAt: 1,
    });
  expect(orphan).toThrow('FOREIGN KEY');
});

describe('a database of a newer version', () => {
  function futureFile(): string {
    const file = freshFile();
    openStore({ file, nativeBinding: addon }).close();
    const database = openPlain(file);
    database.exec(`INSERT INTO settings (key, value) VALUES ('theme', '"dark"')`);
    database.pragma(`user_version = ${migrations.length + 1}`);
    database.close();
    return file;
  }

  test('is refused and stays unchanged, with no file beside it', () => {
    const file = futureFile();
    const before = readFileSync(file);
    expect(() => openStore({ file, nativeBinding: addon })).toThrow(DatabaseFromTheFuture);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(path.dirname(file))).toEqual(['afterimage.db']);
  });

  test('is refused and stays unchanged if its version is only in the WAL', () => {
    const file = freshFile();
    openStore({ file, nativeBinding: addon }).close();
    const newer = openPlain(file);
    newer.pragma('journal_mode = WAL');
    newer.pragma(`user_version = ${migrations.length + 1}`);
    newer.exec(`INSERT INTO settings (key, value) VALUES ('theme', '"dark"')`);
    // After a crash the WAL may hold everything and the file nothing.
    const crashed = freshFile();
    copyFileSync(file, crashed);
    copyFileSync(`${file}-wal`, `${crashed}-wal`);
    newer.close();

    const before = [crashed, `${crashed}-wal`].map((name) => readFileSync(name));
    expect(() => openStore({ file: crashed, nativeBinding: addon })).toThrow(DatabaseFromTheFuture);
    expect([crashed, `${crashed}-wal`].map((name) => readFileSync(name))).toEqual(before);
    expect(readdirSync(path.dirname(crashed))).toEqual(['afterimage.db', 'afterimage.db-wal']);
    const reopened = openPlain(crashed);
    onTestFinished(() => void reopened.close());
    expect(reopened.pragma('user_version', { simple: true })).toBe(migrations.length + 1);
    expect(reopened.prepare('SELECT value FROM settings').pluck().all()).toEqual(['"dark"']);
  });
});

describe('a file that is not a database', () => {
  test.each([
    ['text', Buffer.from('Not a database at all. '.repeat(20))],
    ['a truncated header', Buffer.from('SQLite format 3\0 and then no more of it')],
  ])('is refused and stays unchanged: %s', (_what, bytes) => {
    const file = freshFile();
    writeFileSync(file, bytes);
    expect(() => openStore({ file, nativeBinding: addon })).toThrow(
      expect.objectContaining({ code: 'SQLITE_NOTADB' }),
    );
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('becomes a database if it is empty', () => {
    const file = freshFile();
    writeFileSync(file, '');
    openStore({ file, nativeBinding: addon }).close();
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
  });

  test('is not created in a missing folder', () => {
    const file = path.join(path.dirname(freshFile()), 'nowhere', 'afterimage.db');
    expect(() => openStore({ file, nativeBinding: addon })).toThrow('directory does not exist');
    expect(existsSync(path.dirname(file))).toBe(false);
  });
});
