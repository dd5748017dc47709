import { utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { rememberClosed, wasClosedProperly } from './clean-exit';
import { openStore } from './open';
import { hurt, live, optionsFor, testNow } from './test-rescue';

let file: string;
let folder: string;

beforeEach(() => {
  const fresh = temporaryFolder();
  onTestFinished(fresh.remove);
  folder = fresh.folder;
  file = path.join(folder, 'afterimage.db');
});

test('closed and remembered, it was closed properly', () => {
  live(folder, 'kept');
  expect(wasClosedProperly(file)).toBe(true);
});

test('without a record it is not known', () => {
  openStore(optionsFor(folder)).close();
  expect(wasClosedProperly(file)).toBe(false);
});

test('a log that is still there means that it was not', () => {
  live(folder, 'kept');
  const store = openStore(optionsFor(folder));
  onTestFinished(() => store.close());
  store.conversations.insert({ id: 'a', title: 'written', createdAt: testNow });
  expect(wasClosedProperly(file)).toBe(false);
  rememberClosed(file);
  expect(wasClosedProperly(file)).toBe(false);
});

test('killed between closing and remembering, what changed does not fit the old record', () => {
  live(folder, 'kept');
  utimesSync(file, 1, 1);
  rememberClosed(file);
  const store = openStore(optionsFor(folder));
  store.conversations.insert({ id: 'a', title: 'written', createdAt: testNow });
  store.close();
  expect(wasClosedProperly(file)).toBe(false);
});

test('a stranger who wrote to it is noticed, as is a record that cannot be read', () => {
  live(folder, 'kept');
  hurt(file, (bytes) => Buffer.concat([bytes, Buffer.alloc(4096)]));
  expect(wasClosedProperly(file)).toBe(false);
  rememberClosed(file);
  expect(wasClosedProperly(file)).toBe(true);
  writeFileSync(`${file}.closed`, 'no record');
  expect(wasClosedProperly(file)).toBe(false);
});
