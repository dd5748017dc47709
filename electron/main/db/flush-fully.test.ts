import { expect, onTestFinished, test } from 'vitest';
import { flushFully } from './flush-fully';
import { openPlain } from './test-database';

test.each([
  ['darwin', 1],
  ['linux', 0],
  ['win32', 0],
] as const)('on %s a commit flushes the drive: %i', (platform, expected) => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  flushFully(database, platform);
  const read = (name: string) => database.pragma(name, { simple: true });
  expect([read('fullfsync'), read('checkpoint_fullfsync')]).toEqual([expected, expected]);
});
