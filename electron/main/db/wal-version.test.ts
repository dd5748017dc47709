import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { openPlain } from './test-database';
import { readWalVersion } from './wal-version';

let file: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  file = path.join(folder, 'a.db');
});

/** Opens a database in WAL mode, whose WAL keeps everything that is written. */
function open(pageSize = 4096): Database {
  const database = openPlain(file);
  onTestFinished(() => void database.close());
  database.pragma(`page_size = ${pageSize}`);
  database.pragma('journal_mode = WAL');
  database.pragma('wal_autocheckpoint = 0');
  return database;
}

/** Copies the files as they are, as a crash leaves them, and returns what SQLite itself reads from the copy. */
function versionBySqlite(): number {
  const copy = `${file}.copy`;
  copyFileSync(file, copy);
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
  const database = openPlain(copy);
  try {
    return Number(database.pragma('user_version', { simple: true }));
  } finally {
    database.close();
  }
}

function changeWal(change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(`${file}-wal`);
  change(bytes);
  writeFileSync(`${file}-wal`, bytes);
}

test.each([512, 1024, 4096, 65_536])('reads a version with pages of %i bytes', (pageSize) => {
  const database = open(pageSize);
  database.pragma('user_version = 7');
  expect(readWalVersion(file)).toBe(7);
  database.exec('CREATE TABLE t (a)');
  database.pragma('user_version = 2147483647');
  database.exec('INSERT INTO t VALUES (1)');
  expect(readWalVersion(file)).toBe(2147483647);
});

test.each(['missing', 'empty', 'short', 'no WAL'])('finds none in a WAL that is %s', (kind) => {
  if (kind === 'empty') writeFileSync(`${file}-wal`, '');
  if (kind === 'short') writeFileSync(`${file}-wal`, Buffer.alloc(31, 0x37));
  if (kind === 'no WAL') writeFileSync(`${file}-wal`, Buffer.alloc(100_000, 0x37));
  expect(readWalVersion(file)).toBeNull();
});

test('finds none where page 1 did not change', () => {
  const database = open();
  database.exec('CREATE TABLE t (a)');
  database.pragma('user_version = 7');
  database.exec('INSERT INTO t VALUES (1)');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.exec('INSERT INTO t VALUES (2)');
  expect(readWalVersion(file)).toBeNull();
});

test('ignores a transaction that was not committed', () => {
  const database = open();
  database.pragma('user_version = 7');
  database.pragma('cache_size = 1');
  database.exec('CREATE TABLE t (a)');
  database.exec('BEGIN');
  database.pragma('user_version = 99');
  // More than the cache holds, so that SQLite writes frames before the commit.
  for (let count = 0; count < 500; count += 1) database.exec(`INSERT INTO t VALUES ('${'x'.repeat(3000)}')`);
  expect(readWalVersion(file)).toBe(7);
  expect(versionBySqlite()).toBe(7);
  database.exec('ROLLBACK');
});

test('ignores frames that an earlier run of the WAL has left behind', () => {
  const database = open();
  database.exec('CREATE TABLE t (a)');
  for (let version = 1; version <= 20; version += 1) database.pragma(`user_version = ${version}`);
  database.pragma('user_version = 99');
  database.pragma('user_version = 8');
  // The next write starts the WAL again from its beginning, without truncating it.
  database.pragma('wal_checkpoint(RESTART)');
  database.pragma('user_version = 9');
  expect(readWalVersion(file)).toBe(9);
  expect(versionBySqlite()).toBe(9);
});

test('agrees with SQLite about WALs that are cut off or damaged anywhere', () => {
  const database = open(512);
  database.exec('CREATE TABLE t (a)');
  for (let version = 1; version <= 12; version += 1) {
    database.pragma(`user_version = ${version}`);
    database.exec(`INSERT INTO t VALUES ('${'x'.repeat(300)}')`);
  }
  const whole = readFileSync(`${file}-wal`);
  const inFile = readFileSync(file).readUInt32BE(60);
  for (let at = 0; at < whole.length; at += 97) {
    writeFileSync(`${file}-wal`, whole);
    truncateSync(`${file}-wal`, at);
    expect(readWalVersion(file) ?? inFile).toBe(versionBySqlite());
    writeFileSync(`${file}-wal`, whole);
    changeWal((bytes) => bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at));
    expect(readWalVersion(file) ?? inFile).toBe(versionBySqlite());
  }
  writeFileSync(`${file}-wal`, whole);
});
