import { EventEmitter } from 'node:events';
import { type FSWatcher, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { patient } from '../../../../tests/harness/patient';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { createFolderHints, isRemote } from './folder-hints';

function createFake(fail: (count: number) => string | null = () => null) {
  const watched = new Map<string, EventEmitter>();
  const options: unknown[] = [];
  let count = 0;
  const watch = (folder: string, given: unknown) => {
    count += 1;
    const code = fail(count);
    if (code !== null) throw Object.assign(new Error(code), { code });
    options.push(given);
    const watcher = Object.assign(new EventEmitter(), { close: () => watched.delete(folder) });
    watched.set(folder, watcher);
    // The parts of a watcher that the code under test uses.
    return watcher as unknown as FSWatcher;
  };
  return { watched, options, watch: watch as typeof import('node:fs').watch };
}

test('a new file in a folder or a subfolder is a hint', async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  mkdirSync(path.join(folder, 'more'));
  const onHint = vi.fn();
  const hints = createFolderHints({ folder, subfolders: true, onHint });
  onTestFinished(hints.close);
  hints.setFolders(['', 'more']);
  writeFileSync(path.join(folder, 'more', 'a.png'), 'x');
  await vi.waitFor(() => expect(onHint).toHaveBeenCalled(), patient);
  expect(hints.isPolled()).toBe(false);
});

test('folders that are gone are watched no more', () => {
  const { watched, watch } = createFake();
  const hints = createFolderHints({
    folder: '/a',
    subfolders: true,
    onHint: () => {},
    platform: 'linux',
    watch,
  });
  hints.setFolders(['', 'b', 'c']);
  hints.setFolders(['', 'c']);
  expect([...watched.keys()]).toEqual(['/a', '/a/c']);
  hints.close();
  expect(watched.size).toBe(0);
});

test('one watch is enough where the system watches trees', () => {
  const { watched, options, watch } = createFake();
  const hints = createFolderHints({
    folder: '/a',
    subfolders: true,
    onHint: () => {},
    platform: 'darwin',
    watch,
  });
  hints.setFolders(['', 'b']);
  expect([watched.size, options]).toEqual([1, [{ recursive: true }]]);
});

test.each(['ENOSPC', 'EMFILE'])(
  'without watches left (%s), the folder is polled and no watch stays',
  (code) => {
    const { watched, watch } = createFake((count) => (count === 2 ? code : null));
    const hints = createFolderHints({
      folder: '/a',
      subfolders: true,
      onHint: () => {},
      platform: 'linux',
      watch,
    });
    hints.setFolders(['', 'b', 'c']);
    expect([hints.isPolled(), watched.size]).toEqual([true, 0]);
  },
);

test('a folder that has just been removed is no reason to poll', () => {
  const { watched, watch } = createFake((count) => (count === 2 ? 'ENOENT' : null));
  const hints = createFolderHints({
    folder: '/a',
    subfolders: true,
    onHint: () => {},
    platform: 'linux',
    watch,
  });
  hints.setFolders(['', 'b', 'c']);
  expect([hints.isPolled(), watched.size]).toEqual([false, 2]);
});

test('too many folders are polled', () => {
  const { watched, watch } = createFake();
  const hints = createFolderHints({
    folder: '/a',
    subfolders: true,
    onHint: () => {},
    platform: 'linux',
    watch,
  });
  hints.setFolders(Array.from({ length: 4097 }, (_, index) => String(index)));
  expect([hints.isPolled(), watched.size]).toEqual([true, 0]);
});

test('an error of a watch is a hint', () => {
  const { watched, watch } = createFake();
  const onHint = vi.fn();
  createFolderHints({ folder: '/a', subfolders: false, onHint, platform: 'linux', watch }).setFolders(['']);
  watched.get('/a')?.emit('error', new Error('gone'));
  expect([onHint.mock.calls.length, watched.size]).toEqual([1, 0]);
});

test('tells folders on other computers', async () => {
  expect(await isRemote('\\\\server\\pictures', 'win32')).toBe(true);
  expect(await isRemote('C:\\pictures', 'win32')).toBe(false);
  expect(await isRemote('/tmp')).toBe(false);
});
