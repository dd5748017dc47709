// When better-sqlite3 is built, and that the placed addon works in this process.

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { projectRoot } from '../lib/paths.mjs';
import { needsBuild } from './sqlite-addon.mjs';

test('builds if either runtime is older than the prebuilt addon needs', () => {
  expect(needsBuild(10, 10)).toBe(false);
  expect(needsBuild(9, 10)).toBe(true);
  expect(needsBuild(10, 9)).toBe(true);
});

test('opens a database with this process’s addon', () => {
  const database = new Database(':memory:', { nativeBinding: nativeBinding(projectRoot) });
  expect(database.prepare('SELECT sqlite_version()').pluck().get()).toMatch(/^3\.5\d/);
  database.close();
});
