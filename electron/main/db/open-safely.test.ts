import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { NotAFile } from '../../files/read-regular';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext } from '../test-support/test-context';
import { waitingJob } from '../test-support/test-messages';
import { recordCleanExit } from './clean-exit';
import { newId } from './new-id';
import { openPlain } from './test-database';
import { damageFile, openOnce } from './test-rescue';

/** Writes a conversation with a waiting picture, a setting and an outbox entry. Returns the database's file. */
function writeDatabase(folder: string): string {
  const file = path.join(folder, 'afterimage.db');
  const chat = createTestContext(file);
  waitingJob(chat);
  const { settings, outbox } = chat.store;
  chat.store.transaction(() => {
    settings.write({ monthlyCapMicroUsd: 1 });
    const attempt = { provider: 'painter', model: 'painter-1', outcome: 'ready', errorCode: null };
    const row = {
      ...attempt,
      id: newId(),
      messageId: newId(),
      requestedAt: 1,
      durationMs: 1,
      costMicroUsd: 0,
    };
    outbox.add(newId(), { kind: 'attempt', row }, 1);
  });
  chat.store.close();
  return file;
}

/** Overwrites the first page of a table or an index with zeros. */
function damage(file: string, name: string): void {
  const database = openPlain(file);
  const root = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name);
  const pageSize = database.pragma('page_size', { simple: true });
  database.close();
  const from = (Number(root) - 1) * Number(pageSize);
  damageFile(file, (bytes) => bytes.fill(0, from, from + Number(pageSize)));
}

test.each([
  'settings',
  'conversations',
  'conversations_by_recency',
  'messages',
  'messages_by_conversation',
  'messages_under_way',
  'outbox',
])('finds damage in %s at the start, although the database was closed properly', (name) => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => silent.mockRestore());
  const file = writeDatabase(folder);
  damage(file, name);
  recordCleanExit(file);
  expect(openOnce(folder).rescue).not.toBeNull();
});

test.skipIf(process.platform === 'win32').each(['afterimage.db', 'afterimage.db-wal'])(
  'refuses a pipe or a folder that has the name %s, and changes nothing',
  (name) => {
    for (const make of ['mkfifo', 'mkdir']) {
      const { folder, remove } = temporaryFolder();
      onTestFinished(remove);
      const place = path.join(folder, name);
      execFileSync(make, [place]);
      expect(() => openOnce(folder)).toThrow(new NotAFile(place));
      expect(readdirSync(folder)).toEqual([name]);
    }
  },
);
