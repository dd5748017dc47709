import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { newPictureMessage } from '../../../shared/domain/test-message';
import { temporaryFolder } from '../test-support/temporary-folder';
import { DatabaseFromTheFuture } from './migrate';
import { migrations } from './migrations';
import { newId } from './new-id';
import { openStore } from './open';
import { openSafely } from './open-safely';
import { readRescue, writeRescue } from './rescue-record';
import { openPlain } from './test-database';
import {
  addConversations,
  addPictureFiles,
  damageFile,
  makeTestBackup,
  openOnce,
  optionsFor,
  seeded,
  testNow,
  titles,
  zeroBytes,
} from './test-rescue';

const hour = 60 * 60 * 1000;
let folder: string;
let file: string;

beforeEach(() => {
  const fresh = temporaryFolder();
  onTestFinished(fresh.remove);
  folder = fresh.folder;
  file = path.join(folder, 'afterimage.db');
  // The log messages are not part of these tests.
  const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => silent.mockRestore());
});

function names(): string[] {
  return readdirSync(folder).filter((name) => name !== 'backups' && name !== 'images');
}

test('rescues nothing at the first start', () => {
  const { rescue, needsCheck, findings } = openOnce(folder);
  expect({ rescue, needsCheck, findings }).toEqual({ rescue: null, needsCheck: false, findings: [] });
  expect(names()).toEqual(['afterimage.db']);
});

/** The journal of a transaction that creates a database: https://www.sqlite.org/fileformat.html#the_rollback_journal */
function journalOfNew(): Buffer {
  const journal = Buffer.alloc(512);
  journal.write('d9d505f920a163d7', 'hex');
  journal.writeUInt32BE(512, 20);
  journal.writeUInt32BE(4096, 24);
  return journal;
}

test.each([
  ['nothing', Buffer.alloc(4096)],
  [
    'half of the page',
    Buffer.concat([Buffer.from('SQLite format 3\0\x10\0\x01\x01', 'latin1'), Buffer.alloc(4000)]),
  ],
  ['less than a header', Buffer.alloc(40, 'SQLite')],
  ['other bytes', Buffer.alloc(4096, 0xee)],
])('rescues nothing if the power failed while the first page was written, with %s of it', (_what, page) => {
  const { file } = optionsFor(folder);
  writeFileSync(file, page);
  writeFileSync(`${file}-journal`, journalOfNew());
  const { rescue, findings } = openOnce(folder);
  expect({ rescue, findings }).toEqual({ rescue: null, findings: [] });
  expect(names()).toEqual(['afterimage.db']);
});

test('rescues nothing if the power failed while the WAL was written back to the first page', () => {
  const { file } = optionsFor(folder);
  addConversations(folder, 'kept');
  const store = openStore(optionsFor(folder));
  // The first page holds the number of pages, so it is in the WAL once the file grows.
  store.conversations.insert({ id: newId(), title: 'f'.repeat(50_000), createdAt: 2 });
  const wal = readFileSync(`${file}-wal`);
  store.close();
  writeFileSync(`${file}-wal`, wal);
  writeFileSync(file, Buffer.concat([Buffer.alloc(4096), readFileSync(file).subarray(4096)]));
  const { rescue, findings } = openOnce(folder);
  expect(wal.length).toBeGreaterThan(0);
  expect({ rescue, findings }).toEqual({ rescue: null, findings: [] });
  expect(titles(folder)).toHaveLength(2);
});

test('rescues a damaged database whose journal says nothing about it', () => {
  const { file } = optionsFor(folder);
  writeFileSync(file, Buffer.alloc(4096, 0xee));
  writeFileSync(`${file}-journal`, Buffer.alloc(512));
  expect(openOnce(folder).rescue).toMatchObject({ found: 'damaged' });
});

test('opens an intact database unchanged', () => {
  addConversations(folder, 'kept');
  expect(openOnce(folder).rescue).toBeNull();
  expect(titles(folder)).toEqual(['kept']);
});

describe('a damaged database', () => {
  test.each([
    ['zeroed', zeroBytes],
    ['text', () => Buffer.from('not a database '.repeat(100))],
    ['cut within its header', (bytes: Buffer) => bytes.subarray(0, 50)],
    ['cut within its pages', (bytes: Buffer) => bytes.subarray(0, 5000)],
    ['with a page of zeros', (bytes: Buffer) => Buffer.from(bytes).fill(0, 8192, 12_288)],
    ['of version 0 by a flipped bit', (bytes: Buffer) => Buffer.from(bytes).fill(0, 60, 64)],
    ['of an unknown format', (bytes: Buffer) => Buffer.from(bytes).fill(9, 18, 20)],
    ['emptied', () => Buffer.alloc(0)],
  ])('is replaced by the newest backup and kept aside: %s', (_what, change) => {
    addConversations(folder, 'in the backup');
    makeTestBackup(folder, testNow - hour);
    addConversations(folder, 'later');
    damageFile(file, change);
    const damaged = readFileSync(file);
    const { rescue, findings } = openOnce(folder);
    expect(findings).toEqual([]);
    expect(titles(folder)).toEqual(['in the backup']);
    expect(rescue).toMatchObject({
      stage: 'salvaging',
      movedTo: 'afterimage.db.corrupt-20261122-140233',
      backupAt: testNow - hour,
    });
    const moved = readFileSync(path.join(folder, 'afterimage.db.corrupt-20261122-140233'));
    // SQLite may have changed the header of the file that it opened, but no content.
    if (damaged.length > 0) expect(moved.subarray(100)).toEqual(damaged.subarray(100));
    expect(readRescue(folder)).toEqual(rescue);
  });

  test.each(['DROP TABLE charges', 'ALTER TABLE styles RENAME COLUMN name TO another'])(
    'is replaced by the newest backup if its schema is not that of its version: %s',
    (change) => {
      addConversations(folder, 'in the backup');
      makeTestBackup(folder, testNow - hour);
      const database = openPlain(file);
      database.exec(change);
      database.close();
      const { rescue, findings } = openOnce(folder);
      expect({ found: rescue?.found, findings }).toEqual({ found: 'damaged', findings: [] });
      expect(titles(folder)).toEqual(['in the backup']);
    },
  );

  test('is replaced by a new one if there is no backup', () => {
    addConversations(folder, 'lost');
    damageFile(file, zeroBytes);
    const { rescue, findings } = openOnce(folder);
    expect(rescue).toMatchObject({ stage: 'salvaging', found: 'damaged', backupAt: null });
    expect(findings).toEqual([]);
    expect(titles(folder)).toEqual([]);
  });

  test('is not replaced by a backup that is damaged too', () => {
    addConversations(folder, 'old');
    makeTestBackup(folder, testNow - 3 * hour);
    addConversations(folder, 'newer');
    damageFile(makeTestBackup(folder, testNow - 2 * hour), (bytes) => Buffer.from(bytes).fill(7, 4096));
    writeFileSync(makeTestBackup(folder, testNow - hour), '');
    damageFile(file, zeroBytes);
    expect(openOnce(folder).rescue?.backupAt).toBe(testNow - 3 * hour);
    expect(titles(folder)).toEqual(['old']);
  });

  test('is moved together with its WAL', () => {
    addConversations(folder, 'in the backup');
    makeTestBackup(folder, testNow - hour);
    damageFile(file, zeroBytes);
    writeFileSync(`${file}-wal`, 'the log');
    openOnce(folder);
    expect(titles(folder)).toEqual(['in the backup']);
    const moved = path.join(folder, 'afterimage.db.corrupt-20261122-140233');
    expect(existsSync(moved)).toBe(true);
    // SQLite may have emptied the WAL when opening it. No WAL of another database may stay behind.
    expect(names().filter((name) => name.endsWith('.db-wal'))).toEqual([]);
  });

  test('is restored with pending requests marked as possibly sent', () => {
    const store = openStore(optionsFor(folder));
    store.conversations.insert({ id: 'c', title: 'kept', createdAt: 1 });
    store.messages.insert(newPictureMessage({ provider: 'google', model: 'x' }));
    store.close();
    makeTestBackup(folder, testNow - hour);
    damageFile(file, zeroBytes);
    const { store: restored } = openSafely(optionsFor(folder));
    onTestFinished(() => restored.close());
    expect(restored.messages.find('m')?.status).toBe('generating');
  });

  test('does not overwrite an earlier one that was moved aside', () => {
    for (const name of ['first', 'second']) {
      addConversations(folder, name);
      damageFile(file, () => Buffer.from(name.repeat(100)));
      openOnce(folder);
    }
    expect(readFileSync(path.join(folder, 'afterimage.db.corrupt-20261122-140233'), 'utf8')).toMatch(
      /^first/,
    );
    expect(readFileSync(path.join(folder, 'afterimage.db.corrupt-20261122-140233-2'), 'utf8')).toMatch(
      /^second/,
    );
  });
});

describe('a missing database', () => {
  test('is restored from the backup', () => {
    addConversations(folder, 'in the backup');
    makeTestBackup(folder, testNow - hour);
    rmSync(file);
    expect(openOnce(folder).rescue).toMatchObject({
      found: 'missing',
      movedTo: null,
      backupAt: testNow - hour,
    });
    expect(titles(folder)).toEqual(['in the backup']);
  });

  test('starts a salvage if there are pictures', () => {
    addPictureFiles(folder);
    expect(openOnce(folder).rescue).toMatchObject({ stage: 'salvaging', found: 'missing', backupAt: null });
  });
});

test('checks at the next start for damage that the running app met', () => {
  addConversations(folder, 'kept');
  writeRescue(folder, {
    stage: 'suspected',
    found: 'damaged',
    at: 1,
    detail: '',
    movedTo: null,
    backupAt: null,
    salvaged: null,
    unreadable: 0,
    dismissed: false,
  });
  // A false alarm has no notice, but repeats a salvage that it may have interrupted.
  expect(openOnce(folder).rescue).toMatchObject({ stage: 'salvaging', dismissed: true });
  expect(titles(folder)).toEqual(['kept']);
});

test('refuses a newer version before any rescue', () => {
  addConversations(folder, 'kept');
  makeTestBackup(folder, testNow - hour);
  const newer = openPlain(file);
  newer.pragma(`user_version = ${migrations.length + 1}`);
  newer.close();
  damageFile(file, (bytes) => Buffer.from(bytes).fill(0, 4096));
  const before = readFileSync(file);
  const listed = names();
  expect(() => openOnce(folder)).toThrow(DatabaseFromTheFuture);
  expect(readFileSync(file)).toEqual(before);
  expect(names()).toEqual(listed);
});

describe('after a crash', () => {
  /** Returns the names of all steps of a rescue. */
  function stepsOf(prepare: () => void): string[] {
    prepare();
    const steps: string[] = [];
    openOnce(folder, (name) => void steps.push(name));
    return steps;
  }

  function damagedWithBackup(): void {
    for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
    addConversations(folder, 'in the backup');
    makeTestBackup(folder, testNow - hour);
    damageFile(file, zeroBytes);
    writeFileSync(`${file}-wal`, 'the log');
  }

  function damagedWithout(): void {
    for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
    addConversations(folder, 'lost');
    damageFile(file, () => Buffer.from('lost '.repeat(1000)));
  }

  test.each([
    ['with a backup', damagedWithBackup, ['in the backup']],
    ['without a backup', damagedWithout, []],
  ])('after any step, and again after the next, the next start continues: %s', (_what, prepare, kept) => {
    const steps = stepsOf(prepare);
    expect(steps.length).toBeGreaterThan(5);
    for (let first = 0; first < steps.length; first++) {
      for (let second = 0; second < 2; second++) {
        prepare();
        crashAt(first);
        if (second > 0) crashAt(second);
        const { findings, rescue } = openOnce(folder);
        expect(findings, steps[first]).toEqual([]);
        expect(titles(folder), steps[first]).toEqual(kept);
        expect(rescue?.stage, steps[first]).toBe('salvaging');
        const moved = names().filter((name) => /corrupt-\d+-\d+$/.test(name));
        expect(moved, steps[first]).toHaveLength(1);
        expect(names().some((name) => name.includes('restoring'))).toBe(false);
      }
    }
  });

  /** Crashes the start after step number `index`; without that many steps, the start completes. */
  function crashAt(index: number): void {
    let count = 0;
    try {
      openOnce(folder, (name) => {
        if (count++ === index) throw new Error(`crashed after ${name}`);
      });
    } catch (error) {
      if (!String(error).includes('crashed after')) throw error;
    }
  }
});

describe('with random damage', () => {
  const random = seeded(20261122);
  const rounds = Array.from({ length: 60 }, (_, round) => round);

  test('opens intact, as it was or from the backup', () => {
    addConversations(folder, ...Array.from({ length: 60 }, (_, index) => `${index} ${'long '.repeat(40)}`));
    makeTestBackup(folder, testNow - hour);
    const whole = readFileSync(file);
    let rescued = 0;
    for (const round of rounds) {
      const bytes = damage(Buffer.from(whole), round % 3);
      writeFileSync(file, bytes);
      rmSync(path.join(folder, 'rescue.json'), { force: true });
      let opened: ReturnType<typeof openOnce>;
      try {
        opened = openOnce(folder);
      } catch (error) {
        // A flipped bit may raise the version; then the database is refused as newer.
        expect(error).toBeInstanceOf(DatabaseFromTheFuture);
        continue;
      }
      expect(opened.findings, `round ${round}`).toEqual([]);
      expect(titles(folder), `round ${round}`).toHaveLength(60);
      if (opened.rescue) rescued++;
    }
    expect(rescued).toBeGreaterThan(rounds.length / 3);
  });

  test('loses only what was in a damaged WAL', () => {
    addConversations(folder, 'in the database');
    const store = openStore(optionsFor(folder));
    for (let index = 0; index < 20; index++) {
      store.conversations.insert({ id: `${index}`, title: `in the log ${index}`, createdAt: index });
    }
    const [main, log] = [readFileSync(file), readFileSync(`${file}-wal`)];
    store.close();
    for (const round of rounds.slice(0, 20)) {
      for (const name of names()) rmSync(path.join(folder, name));
      writeFileSync(file, main);
      writeFileSync(`${file}-wal`, damage(Buffer.from(log), round % 3));
      const { findings, rescue } = openOnce(folder);
      expect(findings, `round ${round}`).toEqual([]);
      expect(rescue, `round ${round}`).toBeNull();
      const kept = titles(folder);
      expect(kept).toContain('in the database');
      // The surviving part of the WAL is its start, without gaps.
      const fromLog = kept.filter((title) => title.startsWith('in the log')).length;
      expect(kept).toContain(fromLog === 0 ? 'in the database' : `in the log ${fromLog - 1}`);
    }
  });

  function damage(bytes: Buffer, how: number): Buffer {
    const at = Math.floor(random() * bytes.length);
    if (how === 0) return bytes.subarray(0, at);
    if (how === 1) return bytes.fill(0, at, Math.min(at + 4096, bytes.length));
    for (let flips = 0; flips < 40; flips++) {
      const flipped = Math.floor(random() * bytes.length);
      bytes[flipped] = (bytes[flipped] ?? 0) ^ (1 << Math.floor(random() * 8));
    }
    return bytes;
  }
});
