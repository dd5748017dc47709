import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext } from '../test-support/test-context';
import { sent } from '../test-support/test-messages';
import { checkAndRepair, checkDatabase, isDamage } from './check';
import { newId } from './new-id';
import { openPlain } from './test-database';

let file: string;
let database: Database;
let logged: () => string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  file = path.join(folder, 'afterimage.db');
  const chat = createTestContext(file);
  sent(chat);
  const picture = { file: 'images/x.png', width: 1, height: 1, bytes: 1, thumbhash: '', prompt: 'a fox' };
  const { store } = chat;
  store.transaction(() => {
    const made = { provider: 'painter', model: 'painter-1', params: '{}', createdAt: 1 } as const;
    store.userImages.insert({ id: newId(), messageId: newId(), ...picture, ...made });
    store.searchIndex.indexQueued();
  });
  store.close();
  database = openPlain(file);
  onTestFinished(() => void database.close());
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  logged = () => log.mock.calls.flat().join(' ');
});

/** Changes the schema behind SQLite's back, so that rows and schema no longer agree. */
function rewriteSchema(name: string, from: string, to: string): void {
  const connection = openPlain(file);
  connection.unsafeMode(true).pragma('writable_schema = ON');
  connection.prepare('UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?').run(from, to, name);
  connection.close();
}

/** Breaks a rule of the table of conversations, which nothing can repair. */
function damageTable(): void {
  rewriteSchema('conversations', 'title       TEXT    NOT NULL', 'title       TEXT');
  const connection = openPlain(file);
  connection.exec('UPDATE conversations SET title = NULL');
  connection.close();
  rewriteSchema('conversations', 'title       TEXT', 'title       TEXT    NOT NULL');
}

/** Leaves an index that does not match its table: rows are written as if it had another condition. */
function damageIndex(): void {
  rewriteSchema('conversations_by_recency', 'WHERE deleted_at IS NULL', 'WHERE deleted_at IS NOT NULL');
  const connection = openPlain(file);
  connection.exec(
    `INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('x', 'Foxes', 1, 1)`,
  );
  connection.close();
  rewriteSchema('conversations_by_recency', 'WHERE deleted_at IS NOT NULL', 'WHERE deleted_at IS NULL');
}

function damageWords(): void {
  database.unsafeMode(true).exec(`UPDATE picture_words_data SET block = x'00ff00ff' WHERE id > 10`);
}

const changes = () => database.prepare('SELECT total_changes()').pluck().get();

describe('a check with repairs', () => {
  test('finds nothing in an intact database, and writes and logs nothing', () => {
    expect(checkAndRepair(database)).toEqual([]);
    expect(changes()).toBe(0);
    expect(logged()).toBe('');
  });

  test('rebuilds an index that does not match its table', () => {
    damageIndex();
    expect(checkDatabase(database, 'full')).not.toEqual([]);
    expect(checkAndRepair(database)).toEqual([]);
    expect(logged()).toContain('Indexes do not match');
    expect(checkDatabase(database, 'full')).toEqual([]);
  });

  test('rebuilds a full-text index that is damaged alone', () => {
    damageWords();
    expect(checkDatabase(database, 'quick')).not.toEqual([]);
    expect(checkAndRepair(database)).toEqual([]);
    expect(logged()).toContain('full-text index');
  });

  test.each([
    ['alone', () => {}],
    ['with the full-text index', damageWords],
  ])('finds a damaged table %s, and repairs nothing', (_what, damageMore) => {
    damageTable();
    damageMore();
    const before = changes();
    expect(checkAndRepair(database)).toContainEqual(expect.stringContaining('conversations.title'));
    expect(changes()).toBe(before);
    expect(logged()).toBe('');
  });
});

test('a damaged file is told from another failure', () => {
  const failureOf = (sql: string): unknown => {
    try {
      database.exec(sql);
    } catch (error) {
      return error;
    }
    throw new Error('It did not fail.');
  };
  damageWords();
  expect(isDamage(failureOf(`SELECT * FROM picture_words WHERE picture_words MATCH 'fox'`))).toBe(true);
  expect(isDamage(failureOf('SELECT * FROM nothing'))).toBe(false);
  expect(isDamage(new Error('SQLITE_CORRUPT'))).toBe(false);
});
