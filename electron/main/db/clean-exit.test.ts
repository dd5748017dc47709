import { utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { recordCleanExit, wasClosedProperly } from './clean-exit';
import { openStore } from './open';
import { addConversations, damageFile, optionsFor, testNow } from './test-rescue';

let file: string;
let folder: string;

beforeEach(() => {
  const fresh = temporaryFolder();
  onTestFinished(fresh.remove);
  folder = fresh.folder;
  file = path.join(folder, 'afterimage.db');
});

test('recognises a proper exit', () => {
  addConversations(folder, 'kept');
  expect(wasClosedProperly(file)).toBe(true);
});

test('does not assume a proper exit without a record', () => {
  openStore(optionsFor(folder)).close();
  expect(wasClosedProperly(file)).toBe(false);
});

test('does not assume a proper exit if the WAL has content', () => {
  addConversations(folder, 'kept');
  const store = openStore(optionsFor(folder));
  onTestFinished(() => store.close());
  store.conversations.insert({ id: 'a', title: 'written', createdAt: testNow });
  expect(wasClosedProperly(file)).toBe(false);
  recordCleanExit(file);
  expect(wasClosedProperly(file)).toBe(false);
});

test('rejects an old record after a crash before the new one', () => {
  addConversations(folder, 'kept');
  utimesSync(file, 1, 1);
  recordCleanExit(file);
  const store = openStore(optionsFor(folder));
  store.conversations.insert({ id: 'a', title: 'written', createdAt: testNow });
  store.close();
  expect(wasClosedProperly(file)).toBe(false);
});

test('rejects a database that another program changed, and an unreadable record', () => {
  addConversations(folder, 'kept');
  damageFile(file, (bytes) => Buffer.concat([bytes, Buffer.alloc(4096)]));
  expect(wasClosedProperly(file)).toBe(false);
  recordCleanExit(file);
  expect(wasClosedProperly(file)).toBe(true);
  writeFileSync(`${file}.closed`, 'no record');
  expect(wasClosedProperly(file)).toBe(false);
});
