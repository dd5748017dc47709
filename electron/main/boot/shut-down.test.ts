import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { type Running, shutDown } from './shut-down';

/** Everything that ends, each step of which fails if it is in `failing`. */
function running(failing: string[]) {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  mkdirSync(folder, { recursive: true });
  const databaseFile = path.join(folder, 'afterimage.db');
  writeFileSync(databaseFile, 'x');
  const steps: string[] = [];
  const step = (name: string) => () => {
    steps.push(name);
    if (failing.includes(name)) throw Object.assign(new Error('no room'), { code: 'SQLITE_FULL' });
  };
  const ending = new AbortController();
  ending.signal.addEventListener('abort', step('background work'));
  const parts: Running = {
    timers: { end: step('timers') },
    imports: { close: step('imports') },
    engine: { close: step('downloads') },
    clock: { save: step('clock') },
    ending,
    reader: { close: step('reader') },
    generator: { close: step('generator') },
    engineServer: { close: step('engine') },
    replyStream: { saveAll: step('answers') },
    dispatcher: { saveEnds: step('ends') },
    safety: { close: step('maintenance') },
    outbox: { drainAll: step('outbox') },
    store: { close: step('database') },
    databaseFile,
  };
  return { parts, steps, hasCleanExit: () => existsSync(`${databaseFile}.closed`) };
}

const all = [
  'timers',
  'imports',
  'downloads',
  'background work',
  'reader',
  'generator',
  'engine',
  'answers',
  'ends',
  'maintenance',
  'outbox',
  'clock',
  'database',
];

test('ends everything in order and records the proper exit', () => {
  const { parts, steps, hasCleanExit } = running([]);
  shutDown(parts);
  expect(steps).toEqual(all);
  expect(hasCleanExit()).toBe(true);
});

test.each(all.filter((name) => name !== 'background work'))(
  'ends everything else if %s cannot end',
  (name) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const { parts, steps, hasCleanExit } = running([name]);
    shutDown(parts);
    expect(steps).toEqual(all);
    expect(hasCleanExit()).toBe(name !== 'database');
  },
);
