import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { type Backup, backupFolder, findExcess, isBackupDue, listBackups, makeBackup } from './backups';
import { DatabaseDamaged } from './check';
import { openStore } from './open';
import { openPlain } from './test-database';
import { addConversations, damageFile, makeTestBackup, optionsFor, testNow } from './test-rescue';

const day = 24 * 60 * 60 * 1000;
const megabyte = 1024 * 1024;
let folder: string;
let file: string;

beforeEach(() => {
  const fresh = temporaryFolder();
  onTestFinished(fresh.remove);
  folder = fresh.folder;
  file = path.join(folder, 'afterimage.db');
});

function titlesIn(backup: string): unknown[] {
  const database = openPlain(backup);
  try {
    return database.prepare('SELECT title FROM conversations').pluck().all();
  } finally {
    database.close();
  }
}

/** Breaks a rule of the schema without breaking a page: a copy has the same fault. */
function writeRowWithoutTitle(database: string): void {
  const change = (from: string, to: string): void => {
    const connection = openPlain(database);
    connection.unsafeMode(true).pragma('writable_schema = ON');
    connection
      .prepare("UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'conversations'")
      .run(from, to);
    connection.close();
  };
  change('title       TEXT    NOT NULL', 'title       TEXT');
  const connection = openPlain(database);
  connection.exec('UPDATE conversations SET title = NULL');
  connection.close();
  change('title       TEXT', 'title       TEXT    NOT NULL');
}

describe('a backup', () => {
  test('is a complete database with everything committed, while the app uses it', () => {
    addConversations(folder, 'before');
    const store = openStore(optionsFor(folder));
    onTestFinished(() => store.close());
    store.conversations.insert({ id: 'a', title: 'in the log only', createdAt: 1 });
    const backup = makeTestBackup(folder, testNow);
    store.conversations.insert({ id: 'b', title: 'after', createdAt: 1 });
    expect(path.basename(backup)).toBe('afterimage-000001-20261122-140233.db');
    expect(titlesIn(backup)).toEqual(['before', 'in the log only']);
    expect(store.conversations.count()).toBe(3);
  });

  test('is not made of a damaged database, and good ones stay', () => {
    addConversations(folder, ...Array.from({ length: 100 }, (_, index) => `${index} ${'long '.repeat(40)}`));
    const good = makeTestBackup(folder, testNow - day);
    damageFile(file, (bytes) => Buffer.from(bytes).fill(7, 20_000));
    expect(() => makeTestBackup(folder, testNow)).toThrow(DatabaseDamaged);
    expect(listBackups(backupFolder(folder)).map((backup) => backup.file)).toEqual([good]);
  });

  test('is not kept if its copy is damaged, although the database was not when it was checked', () => {
    addConversations(folder, 'kept');
    const good = makeTestBackup(folder, testNow - day);
    // The space is read after the database was checked and before it is copied.
    const damage = (): number => {
      writeRowWithoutTitle(file);
      return 1e12;
    };
    const options = { ...optionsFor(folder), folder: backupFolder(folder), now: testNow, freeBytes: damage };
    expect(() => makeBackup(options)).toThrow(DatabaseDamaged);
    expect(readdirSync(backupFolder(folder))).toEqual([path.basename(good)]);
  });

  test('is not made if it would fill the disk', () => {
    addConversations(folder, 'kept');
    const made = makeBackup({
      ...optionsFor(folder),
      folder: backupFolder(folder),
      now: testNow,
      freeBytes: () => readFileSync(file).length,
    });
    expect(made).toBeNull();
    expect(readdirSync(backupFolder(folder))).toEqual([]);
  });

  test('is not made on a full disk, where older ones are deleted except the newest', () => {
    addConversations(folder, 'kept');
    makeTestBackup(folder, testNow - 3 * day);
    const newest = makeTestBackup(folder, testNow - 2 * day);
    const target = backupFolder(folder);
    const made = makeBackup({ ...optionsFor(folder), folder: target, now: testNow, freeBytes: () => 0 });
    expect(made).toBeNull();
    expect(listBackups(target).map((backup) => backup.file)).toEqual([newest]);
  });

  test('that was interrupted does not count and is removed by the next one', () => {
    addConversations(folder, 'kept');
    makeTestBackup(folder, testNow - day);
    const half = path.join(backupFolder(folder), 'afterimage-20261122-120000.db.part');
    writeFileSync(half, 'half');
    writeFileSync(`${half}-journal`, '');
    expect(listBackups(backupFolder(folder))).toHaveLength(1);
    makeTestBackup(folder, testNow);
    expect(existsSync(half)).toBe(false);
    expect(readdirSync(backupFolder(folder))).toHaveLength(2);
  });

  test('replaces the oldest when there are seven', () => {
    addConversations(folder, 'kept');
    for (let count = 9; count > 0; count--) makeTestBackup(folder, testNow - count * day);
    const kept = listBackups(backupFolder(folder)).map(({ takenAt }) => takenAt);
    expect(kept).toEqual([1, 2, 3, 4, 5, 6, 7].map((count) => testNow - count * day));
  });
});

test('lists no backups in a missing folder, and ignores other files', () => {
  expect(listBackups(backupFolder(folder))).toEqual([]);
  for (const name of [
    'afterimage.db',
    'afterimage-20261322-140233.db',
    'afterimage-1.db',
    'x-20261122-140233.db',
  ]) {
    writeFileSync(path.join(folder, name), '');
  }
  expect(listBackups(folder)).toEqual([]);
});

describe('the order of backups', () => {
  const names = () => listBackups(folder).map((backup) => path.basename(backup.file));

  test('is that of their counters, whatever the clock said', () => {
    addConversations(folder, 'kept');
    const times = [testNow, testNow + 400 * day, testNow - 9000 * day, testNow + day];
    const made = times.map((at) => makeTestBackup(folder, at));
    expect(listBackups(backupFolder(folder)).map((backup) => backup.file)).toEqual(made.toReversed());
  });

  test('puts those without a counter behind all others, by their time', () => {
    for (const name of [
      'afterimage-20991122-140233.db',
      'afterimage-000002-20200101-000000.db',
      'afterimage-20261121-140233.db',
      'afterimage-1000000-20200101-000000.db',
      'afterimage-000010-20200101-000000.db',
    ]) {
      writeFileSync(path.join(folder, name), '');
    }
    expect(names()).toEqual([
      'afterimage-1000000-20200101-000000.db',
      'afterimage-000010-20200101-000000.db',
      'afterimage-000002-20200101-000000.db',
      'afterimage-20991122-140233.db',
      'afterimage-20261121-140233.db',
    ]);
  });

  test('continues after backups from the future, which no longer make a further one due', () => {
    addConversations(folder, 'kept');
    const target = backupFolder(folder);
    mkdirSync(target);
    copyFileSync(file, path.join(target, 'afterimage-20991122-140233.db'));
    expect(isBackupDue(listBackups(target), testNow)).toBe(true);
    const made = makeTestBackup(folder, testNow);
    expect(listBackups(target)[0]?.file).toBe(made);
    expect(isBackupDue(listBackups(target), testNow)).toBe(false);
  });

  test('keeps the newest by counter when others are deleted for space', () => {
    addConversations(folder, 'kept');
    for (let count = 0; count < 9; count += 1) makeTestBackup(folder, testNow - count * day);
    const kept = listBackups(backupFolder(folder)).map(({ counter }) => counter);
    expect(kept).toEqual([9, 8, 7, 6, 5, 4, 3]);
  });
});

describe('a new backup is due', () => {
  const taken = (takenAt: number): Backup[] => [{ file: 'x', counter: 1, takenAt, bytes: 1 }];
  test('if there is none', () => expect(isBackupDue([], testNow)).toBe(true));
  test('a day after the newest', () => expect(isBackupDue(taken(testNow - day), testNow)).toBe(true));
  test('not earlier', () => expect(isBackupDue(taken(testNow - day + 1), testNow)).toBe(false));
  test('if the newest is from the future', () => {
    expect(isBackupDue(taken(testNow + 1), testNow)).toBe(true);
    expect(isBackupDue(taken(testNow + 40 * day), testNow)).toBe(true);
  });
});

describe('deletes', () => {
  const backups = (count: number, bytes: number): Backup[] =>
    Array.from({ length: count }, (_, index) => ({
      file: `${index}`,
      counter: count - index,
      takenAt: -index,
      bytes,
    }));
  const kept = (count: number, bytes: number, free: number) =>
    count - findExcess(backups(count, bytes), free).length;

  test('no backup up to seven', () => expect(kept(7, megabyte, 1000 * megabyte)).toBe(7));
  test('the eighth', () => expect(kept(8, megabyte, 1000 * megabyte)).toBe(7));
  test('backups that take more than a fifth of the space', () => {
    // With 70 MB free and 30 MB of backups, backups may take 20 MB.
    expect(kept(3, 10 * megabyte, 70 * megabyte)).toBe(2);
  });
  test('backups that take more than 2 GB', () => expect(kept(7, 500 * megabyte, 1e15)).toBe(4));
  test('never the newest', () => expect(kept(3, 10 * megabyte, 0)).toBe(1));
});
