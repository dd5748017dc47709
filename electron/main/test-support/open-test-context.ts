// For tests: a chat's context that is closed, and whose folder is removed, when the current test is over.
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { writeEmptyDatabase } from '../db/test-database';
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
