import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTrustedClock } from './trusted-clock';

const day = 24 * 60 * 60 * 1000;
const start = Date.UTC(2026, 10, 22);
let dataFolder: string;
let now: number;
let newest: number | null;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  onTestFinished(() => void vi.restoreAllMocks());
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  dataFolder = folder;
  now = start;
  newest = null;
});

function open() {
  return createTrustedClock({ dataFolder, now: () => now, newestTime: () => newest });
}

test('remembers the last reading between two starts', () => {
  open().save();
  now += 40 * day;
  expect(open().retentionTime()).toBe(start);
  expect(readdirSync(dataFolder)).toEqual(['clock.json']);
});

test('remembers a jump between two starts', () => {
  open().save();
  now += 40 * day;
  open().save();
  now += day / 2;
  expect(open().retentionTime()).toBe(start);
  now += day / 2;
  expect(open().retentionTime()).toBe(now);
});

test('notices a jump while the app runs', () => {
  const clock = open();
  expect(clock.retentionTime()).toBe(start);
  now += 40 * day;
  expect(clock.retentionTime()).toBe(start);
});

test('counts from the newest row if there is no record', () => {
  newest = start - 40 * day;
  expect(open().retentionTime()).toBe(newest);
  newest = start - day;
  expect(open().retentionTime()).toBe(start);
});

test('trusts the clock of an empty folder', () => {
  expect(open().retentionTime()).toBe(start);
});

test.each(['', '{', 'null', '{"seenAt":"x"}', '{"seenAt":1e999,"trustedAt":1,"steadyMs":null}'])(
  'a record with the content %j counts as none',
  (text) => {
    newest = start - 40 * day;
    writeFileSync(path.join(dataFolder, 'clock.json'), text);
    expect(open().retentionTime()).toBe(newest);
  },
);

test('keeps the readings in memory if they cannot be saved', () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  const clock = open();
  clock.save();
  rmSync(dataFolder, { recursive: true });
  now += 40 * day;
  clock.save();
  expect(existsSync(dataFolder)).toBe(false);
  expect(error).toHaveBeenCalledOnce();
  expect(clock.retentionTime()).toBe(start);
});
