// When better-sqlite3 is built here, and that what is in place works in this process.

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { nativeBinding } from '../../electron/main/db/native-binding.ts';
import { projectRoot } from '../lib/paths.mjs';
import { needsBuild } from './sqlite-addon.mjs';

test('a build is needed where either runtime is older than the prebuild', () => {
  expect(needsBuild(10, 10)).toBe(false);
  expect(needsBuild(9, 10)).toBe(true);
  expect(needsBuild(10, 9)).toBe(true);
});

test('the addon for this process opens a database', () => {
  const database = new Database(':memory:', { nativeBinding: nativeBinding(projectRoot) });
  expect(database.prepare('SELECT sqlite_version() AS version').get().version).toMatch(/^3\.5\d/);
  database.close();
});
