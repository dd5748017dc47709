import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createFlushLog } from './flush-log';
import { openPlain } from './test-database';

test('flushes the WAL, and nothing where there is none', async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const database = openPlain(path.join(folder, 'a.db'));
  onTestFinished(() => void database.close());
  const flushLog = createFlushLog(database);
  await flushLog();
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE t (a)');
  // A call during a flush waits for the next one, which several calls share.
  const first = flushLog();
  const second = flushLog();
  expect(second).toBe(first);
  await second;
  // A folder cannot be flushed, which must not stop the program.
  database.pragma('journal_mode = DELETE');
  mkdirSync(path.join(folder, 'a.db-wal'));
  await flushLog();
  rmSync(path.join(folder, 'a.db-wal'), { recursive: true });
  await flushLog();
  expect(database.prepare('SELECT count(*) FROM t').pluck().get()).toBe(0);
});
