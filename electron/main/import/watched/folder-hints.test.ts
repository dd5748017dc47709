import { EventEmitter } from 'node:events';
import { type FSWatcher, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { patient } from '../../../../tests/harness/patient';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { createFolderHints, type HintOptions, isRemote } from './folder-hints';

/** Watches a folder with a fake of the system's watches. @param fail returns a system error's code for the n-th watch. */
function watchWithFake(
  given: Partial<HintOptions> = {},
  fail: (count: number) => string | null = () => null,
) {
  const watched = new Map<string, EventEmitter>();
  const options: unknown[] = [];
  let count = 0;
  const watch = (folder: string, wanted: unknown) => {
    count += 1;
    const code = fail(count);
    if (code !== null) throw Object.assign(new Error(code), { code });
    options.push(wanted);
    const watcher = Object.assign(new EventEmitter(), { close: () => watched.delete(folder) });
    watched.set(folder, watcher);
    // The parts of a watcher that the code under test uses.
    return watcher as unknown as FSWatcher;
  };
  const onHint = vi.fn();
  const hints = createFolderHints({
    folder: '/a',
    subfolders: true,
    onHint,
    platform: 'linux',
    watch: watch as typeof import('node:fs').watch,
    ...given,
  });
  return { hints, onHint, watched, options, folders: () => [...watched.keys()] };
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
  const { hints, folders } = watchWithFake();
  hints.setFolders(['', 'b', 'c']);
  hints.setFolders(['', 'c']);
  expect(folders()).toEqual(['/a', '/a/c']);
  hints.close();
  expect(folders()).toEqual([]);
});

test.each(['darwin', 'win32'] as const)('one watch is enough on %s, which watches trees', (platform) => {
  const { hints, folders, options } = watchWithFake({ platform });
  hints.setFolders(['', 'b']);
  expect(folders()).toEqual(['/a']);
  expect(options).toEqual([{ recursive: true }]);
});

test('a folder without its subfolders is watched alone where the system watches trees', () => {
  const { hints, options } = watchWithFake({ platform: 'darwin', subfolders: false });
  hints.setFolders(['']);
  expect(options).toEqual([{ recursive: false }]);
});

test.each(['ENOSPC', 'EMFILE'])('without watches left (%s), the folder is polled from then on', (code) => {
  const { hints, folders } = watchWithFake({}, (count) => (count === 2 ? code : null));
  hints.setFolders(['', 'b', 'c']);
  expect(hints.isPolled()).toBe(true);
  expect(folders()).toEqual([]);
  // The watches that were given back belong to other programs by now.
  hints.setFolders(['', 'b']);
  expect(hints.isPolled()).toBe(true);
  expect(folders()).toEqual([]);
});

test.each(['ENOENT', 'ENOTDIR'])('a folder that has just been removed (%s) is no reason to poll', (code) => {
  const { hints, folders } = watchWithFake({}, (count) => (count === 2 ? code : null));
  hints.setFolders(['', 'b', 'c']);
  expect(hints.isPolled()).toBe(false);
  expect(folders()).toEqual(['/a', '/a/c']);
});

test.each([
  [4096, false],
  [4097, true],
])('%i folders: polled is %s', (count, isPolled) => {
  const { hints, folders } = watchWithFake();
  hints.setFolders(Array.from({ length: count }, (_, index) => String(index)));
  expect(hints.isPolled()).toBe(isPolled);
  expect(folders()).toHaveLength(isPolled ? 0 : count);
});

test('an error of a watch is a hint, and ends only that watch', () => {
  const { hints, onHint, watched, folders } = watchWithFake();
  hints.setFolders(['', 'b']);
  watched.get('/a/b')?.emit('error', new Error('gone'));
  expect(onHint).toHaveBeenCalledOnce();
  expect(folders()).toEqual(['/a']);
});

test('tells folders on other computers', async () => {
  expect(await isRemote('\\\\server\\pictures', 'win32')).toBe(true);
  expect(await isRemote('C:\\pictures', 'win32')).toBe(false);
  expect(await isRemote('/tmp', 'linux')).toBe(false);
});
