// A lock has one holder at a time, and a dead holder does not block it.

import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isStale, withLock } from './lock.mjs';

let folder;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('runs holders one at a time', async () => {
  const events = [];
  const hold = (name) =>
    withLock(join(folder, 'lock'), async () => {
      events.push(`${name} in`);
      await sleep(20);
      events.push(`${name} out`);
    });
  await Promise.all([hold('a'), hold('b')]);
  const [first, second] = events[0] === 'a in' ? ['a', 'b'] : ['b', 'a'];
  expect(events).toEqual([`${first} in`, `${first} out`, `${second} in`, `${second} out`]);
});

test('releases the lock when the work fails', async () => {
  const lock = join(folder, 'lock');
  await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(lock, async () => 'free')).toBe('free');
});

test('takes over the lock of a process that has exited', async () => {
  const lock = join(folder, 'lock');
  await mkdir(lock);
  await writeFile(join(lock, 'holder.json'), JSON.stringify({ pids: [2 ** 30], host: hostname() }));
  expect(await withLock(lock, async () => 'taken')).toBe('taken');
});

test('takes over a lock without a holder’s name after a minute', async () => {
  const lock = join(folder, 'lock');
  await mkdir(lock);
  await utimes(lock, new Date(0), new Date(0));
  expect(await withLock(lock, async () => 'taken')).toBe('taken');
});

describe('isStale', () => {
  const world = { now: 1_000_000, host: 'here', isAlive: (pid) => pid === 7 };

  test('is not stale while any of the holder’s processes runs', () => {
    expect(isStale({ holder: { pids: [6, 7], host: 'here' }, signMs: 999_000 }, world)).toBe(false);
  });

  test('is stale when all of the holder’s processes have exited', () => {
    expect(isStale({ holder: { pids: [6], host: 'here' }, signMs: 999_000 }, world)).toBe(true);
  });

  test('ignores process ids of another machine and uses the heartbeat', () => {
    expect(isStale({ holder: { pids: [6], host: 'there' }, signMs: 999_000 }, world)).toBe(false);
    expect(isStale({ holder: { pids: [6], host: 'there' }, signMs: 900_000 }, world)).toBe(true);
  });
});
