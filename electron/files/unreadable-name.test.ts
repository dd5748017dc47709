import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../main/test-support/temporary-folder';
import { hasUnreadable, unreadableName } from './unreadable-name';

test('never returns a name that something has', () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = path.join(folder, 'items.json');
  expect(hasUnreadable(path.join(folder, 'none', 'items.json'))).toBe(false);
  expect(hasUnreadable(file)).toBe(false);
  expect(unreadableName(file)).toBe(`${file}.unreadable`);
  writeFileSync(`${file}.unreadable`, '{');
  symlinkSync(path.join(folder, 'gone'), `${file}.unreadable-2`);
  mkdirSync(`${file}.unreadable-3`);
  expect(unreadableName(file)).toBe(`${file}.unreadable-4`);
  rmSync(`${file}.unreadable`);
  expect(hasUnreadable(file)).toBe(true);
});
