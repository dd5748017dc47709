// For tests: a chat's context that is closed, and whose folder is removed, when the current test is over.
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openPlain, writeEmptyDatabase } from '../db/test-database';
import { temporaryFolder } from './temporary-folder';
import { createTestContext, type TestContext } from './test-context';

/** @param file of the database; absent: in memory. */
export function openTestContext(file?: string): TestContext {
  const chat = createTestContext(file);
  onTestFinished(() => chat.store.close());
  return chat;
}

/** Returns the path of an empty database, in a folder that lasts as long as the current test. */
export function testDatabaseFile(): string {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = path.join(folder, 'test.db');
  writeEmptyDatabase(file);
  return file;
}

/** Returns a context on a file of its own whose service charges for each request. */
export function openBilledChat(): { chat: TestContext; file: string } {
  const file = testDatabaseFile();
  const chat = openTestContext(file);
  chat.world.provider = 'google';
  return { chat, file };
}

/** Returns rows as they are committed: another connection reads them. */
export function committedRows<Row>(file: string, sql: string, ...values: string[]): Row[] {
  const database = openPlain(file);
  try {
    return database.prepare<string[], Row>(sql).all(...values);
  } finally {
    database.close();
  }
}
