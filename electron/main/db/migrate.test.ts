import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { DatabaseFromTheFuture, migrate, readVersion } from './migrate';
import { migrations } from './migrations';
import { openPlain } from './test-database';
import { fillOlder } from './test-older-database';

function freshDatabase(): Database {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  return database;
}

function schemaOf(database: Database): unknown {
  return database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
}

function columnsOf(database: Database, table: string): unknown {
  return database.pragma(`table_info(${table})`);
}

const steps = [
  'CREATE TABLE first (id INTEGER PRIMARY KEY) STRICT; INSERT INTO first VALUES (1);',
  'ALTER TABLE first ADD COLUMN name TEXT; UPDATE first SET name = id;',
  'CREATE TABLE second (id INTEGER PRIMARY KEY) STRICT; INSERT INTO second SELECT id FROM first;',
];

test('migrates an empty database to the latest version', () => {
  const database = freshDatabase();
  migrate(database, migrations);
  expect(readVersion(database)).toBe(migrations.length);
  expect(migrations.length).toBeGreaterThan(0);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
});

test.each(migrations.map((_sql, index) => [index, index + 1]))(
  'migrates version %i to version %i and to the same schema as a fresh database',
  (before, after) => {
    const stepwise = freshDatabase();
    migrate(stepwise, migrations.slice(0, before));
    expect(readVersion(stepwise)).toBe(before);
    migrate(stepwise, migrations.slice(0, after));
    expect(readVersion(stepwise)).toBe(after);

    const atOnce = freshDatabase();
    migrate(atOnce, migrations.slice(0, after));
    expect(schemaOf(stepwise)).toEqual(schemaOf(atOnce));
  },
);

test('applies only the missing migrations, in order', () => {
  const database = freshDatabase();
  migrate(database, steps.slice(0, 1));
  migrate(database, steps);
  expect(readVersion(database)).toBe(3);
  expect(database.prepare('SELECT name FROM first').pluck().all()).toEqual(['1']);
  expect(database.prepare('SELECT id FROM second').pluck().all()).toEqual([1]);
});

test('changes nothing when run again', () => {
  const database = freshDatabase();
  migrate(database, migrations);
  const schema = schemaOf(database);
  const changes = database.prepare('SELECT total_changes()').pluck();
  const before = changes.get();
  const cookie = database.pragma('schema_version', { simple: true });
  migrate(database, migrations);
  expect(schemaOf(database)).toEqual(schema);
  expect(changes.get()).toBe(before);
  expect(database.pragma('schema_version', { simple: true })).toBe(cookie);
});

test('keeps the previous version when a migration fails, and can repeat it', () => {
  const database = freshDatabase();
  const broken = `${steps[2]} INSERT INTO first VALUES (2, 'half'); INSERT INTO nowhere VALUES (1);`;
  migrate(database, steps.slice(0, 1));
  expect(() => migrate(database, [...steps.slice(0, 2), broken])).toThrow('nowhere');
  expect(readVersion(database)).toBe(2);
  expect(database.prepare('SELECT id, name FROM first').all()).toEqual([{ id: 1, name: '1' }]);
  expect(columnsOf(database, 'second')).toEqual([]);
  expect(database.inTransaction).toBe(false);

  migrate(database, steps);
  expect(readVersion(database)).toBe(3);
});

test('leaves a new database empty when a migration fails, and can repeat them all', () => {
  const database = freshDatabase();
  expect(() => migrate(database, [...steps.slice(0, 2), 'INSERT INTO nowhere VALUES (1);'])).toThrow(
    'nowhere',
  );
  expect(readVersion(database)).toBe(0);
  expect(schemaOf(database)).toEqual([]);

  migrate(database, steps);
  expect(readVersion(database)).toBe(3);
});

/**
 * Migrates a database in a file, and keeps a copy of its files after each step but before its commit.
 *
 * @returns the databases that a kill of the process would leave there, in order.
 */
function killedAfterEachStep(from: number): Database[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-migrate-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'live.db');
  const killed: string[] = [];
  const database = openPlain(file);
  database.pragma('journal_mode = WAL');
  database.function('kill', () => {
    const copy = path.join(folder, `killed-${killed.length}.db`);
    for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${copy}${suffix}`);
    killed.push(copy);
    return null;
  });
  migrate(database, steps.slice(0, from));
  migrate(
    database,
    steps.map((sql) => `${sql} SELECT kill();`),
  );
  database.close();
  return killed.map((copy) => {
    const left = openPlain(copy);
    onTestFinished(() => void left.close());
    return left;
  });
}

test.each([
  ['new database is empty', 0, [0, 0, 0]],
  ['database with data has the version before the step', 1, [1, 2]],
])('after a kill within a migration a %s, and the next start completes it', (_what, from, versions) => {
  const left = killedAfterEachStep(from);
  expect(left.map(readVersion)).toEqual(versions);
  for (const [index, database] of left.entries()) {
    if (versions[index] === 0) expect(schemaOf(database)).toEqual([]);
    migrate(database, steps);
    expect(readVersion(database)).toBe(3);
    expect(database.prepare('SELECT id, name FROM first').all()).toEqual([{ id: 1, name: '1' }]);
    expect(database.prepare('SELECT id FROM second').pluck().all()).toEqual([1]);
  }
});

test('refuses a database of a newer version without changing it', () => {
  const database = freshDatabase();
  migrate(database, steps);
  const schema = schemaOf(database);
  expect(() => migrate(database, steps.slice(0, 2))).toThrow(DatabaseFromTheFuture);
  expect(() => migrate(database, steps.slice(0, 2))).toThrow(/version 3.* up to 2/);
  expect(readVersion(database)).toBe(3);
  expect(schemaOf(database)).toEqual(schema);
});

test('migrates 100,000 messages and pictures of version 12 and keeps their orders', () => {
  const rows = 100_000;
  const database = freshDatabase();
  fillOlder(database, 12, rows);
  const one = (sql: string) => database.prepare(sql).pluck().get();
  const list = (sql: string) => JSON.stringify(database.prepare(sql).pluck().all());
  const orders = {
    gallery: 'SELECT id FROM user_images WHERE deleted_at IS NULL ORDER BY created_at DESC',
    trash: 'SELECT id FROM user_images WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC',
    messages: 'SELECT id FROM messages ORDER BY conversation_id, id',
  };
  const before = {
    gallery: list(orders.gallery),
    trash: list(orders.trash),
    messages: list(orders.messages),
  };
  const costs = one('SELECT total(cost_micro_usd) FROM image_generation_log');

  migrate(database, migrations);
  expect(list('SELECT id FROM user_images WHERE deleted_at IS NULL ORDER BY order_key DESC')).toBe(
    before.gallery,
  );
  expect(list('SELECT id FROM user_images WHERE deleted_at IS NOT NULL ORDER BY deletion DESC')).toBe(
    before.trash,
  );
  expect(list('SELECT id FROM messages ORDER BY conversation_id, seq')).toBe(before.messages);
  expect(one('SELECT count(*) FROM messages')).toBe(rows);
  expect(one('SELECT total(amount_micro_usd) FROM charges')).toBe(costs);
  expect(database.pragma('quick_check', { simple: true })).toBe('ok');
});
