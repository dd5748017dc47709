import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, expectTypeOf, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { DatabaseFromTheFuture } from './migrate';
import { migrations } from './migrations';
import { nativeBinding } from './native-binding';
import { openStore, type ReadStore } from './open';
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

test('what was written is there after closing and opening again', () => {
  const file = freshFile();
  const first = openStore({ file, nativeBinding: addon });
  first.conversations.insert({ id: 'a', title: 'Kept', createdAt: 1 });
  first.close();
  const second = openStore({ file, nativeBinding: addon });
  onTestFinished(() => second.close());
  expect(second.conversations.find('a')?.title).toBe('Kept');
});

test('what was committed can be read from the file before the store is closed', () => {
  const file = freshFile();
  const store = openStore({ file, nativeBinding: addon });
  onTestFinished(() => store.close());
  store.transaction(() => store.conversations.insert({ id: 'a', title: 'Kept', createdAt: 1 }));
  const other = openPlain(file);
  onTestFinished(() => void other.close());
  expect(other.prepare('SELECT title FROM conversations').pluck().all()).toEqual(['Kept']);
});

describe('a transaction', () => {
  test('takes back everything when its work throws, and throws on', () => {
    const store = openStore({ file: ':memory:', nativeBinding: addon });
    onTestFinished(() => store.close());
    const work = () => {
      store.conversations.insert({ id: 'a', title: 'Half', createdAt: 1 });
      throw new Error('no further');
    };
    expect(() => store.transaction(work)).toThrow('no further');
    expect(store.conversations.count()).toBe(0);
  });

  test('within another takes back only its own part', () => {
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

  test('is one transaction that does not flush; the next one flushes again', () => {
    const store = openedWith();
    expect(store.synchronous()).toBe('FULL');
    store.batch(() => {
      expect(store.synchronous()).toBe('NORMAL');
      store.conversations.insert(conversation('a'));
    });
    expect(store.synchronous()).toBe('FULL');
    expect(store.conversations.count()).toBe(1);
  });

  test('takes everything back when its work throws, and the next one flushes again', () => {
    const store = openedWith();
    const work = () => {
      store.conversations.insert(conversation('a'));
      throw new Error('no further');
    };
    expect(() => store.batch(work)).toThrow('no further');
    expect(store.synchronous()).toBe('FULL');
    expect(store.conversations.count()).toBe(0);
  });

  test('within a transaction is part of it, flush and all', () => {
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

test('a message cannot be in a conversation that there is not', () => {
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

describe('a database from the future', () => {
  function futureFile(): string {
    const file = freshFile();
    openStore({ file, nativeBinding: addon }).close();
    const database = openPlain(file);
    database.exec(`INSERT INTO settings (key, value) VALUES ('theme', '"dark"')`);
    database.pragma(`user_version = ${migrations.length + 1}`);
    database.close();
    return file;
  }

  test('is refused and left as it was, byte for byte, with nothing beside it', () => {
    const file = futureFile();
    const before = readFileSync(file);
    expect(() => openStore({ file, nativeBinding: addon })).toThrow(DatabaseFromTheFuture);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(path.dirname(file))).toEqual(['afterimage.db']);
  });

  test('is refused too where its newest version is still in the write-ahead log, and loses nothing', () => {
    const file = freshFile();
    openStore({ file, nativeBinding: addon }).close();
    const newer = openPlain(file);
    newer.pragma('journal_mode = WAL');
    newer.pragma(`user_version = ${migrations.length + 1}`);
    newer.exec(`INSERT INTO settings (key, value) VALUES ('theme', '"dark"')`);
    // As a crash leaves it: the log beside the file, nothing of it in the file yet.
    const crashed = freshFile();
    copyFileSync(file, crashed);
    copyFileSync(`${file}-wal`, `${crashed}-wal`);
    newer.close();

    expect(() => openStore({ file: crashed, nativeBinding: addon })).toThrow(DatabaseFromTheFuture);
    const reopened = openPlain(crashed);
    onTestFinished(() => void reopened.close());
    expect(reopened.pragma('user_version', { simple: true })).toBe(migrations.length + 1);
    expect(reopened.prepare('SELECT value FROM settings').pluck().all()).toEqual(['"dark"']);
  });
});

describe('a file that is no database', () => {
  test.each([
    ['text', Buffer.from('Not a database at all. '.repeat(20))],
    ['a truncated header', Buffer.from('SQLite format 3\0 and then no more of it')],
  ])('%s is refused as such and left as it was', (_what, bytes) => {
    const file = freshFile();
    writeFileSync(file, bytes);
    expect(() => openStore({ file, nativeBinding: addon })).toThrow(
      expect.objectContaining({ code: 'SQLITE_NOTADB' }),
    );
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('an empty one becomes a database', () => {
    const file = freshFile();
    writeFileSync(file, '');
    openStore({ file, nativeBinding: addon }).close();
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
  });

  test('a folder that is not there is not made', () => {
    const file = path.join(path.dirname(freshFile()), 'nowhere', 'afterimage.db');
    expect(() => openStore({ file, nativeBinding: addon })).toThrow('directory does not exist');
    expect(existsSync(path.dirname(file))).toBe(false);
  });
});
