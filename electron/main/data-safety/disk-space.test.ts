import { expect, test } from 'vitest';
import { createDiskSpaceMonitor } from './disk-space';

const megabyte = 1024 * 1024;

function createWatched(free: () => number) {
  const changes: boolean[] = [];
  const later: (() => void)[] = [];
  const room = createDiskSpaceMonitor({
    freeBytes: free,
    after: (work) => void later.push(work),
    onChange: (isFull) => void changes.push(isFull),
  });
  return { room, changes, later, checkAgain: () => later.shift()?.() };
}

test('a disk is full from the first failed write until there is enough space', () => {
  let free = 0;
  const { room, changes, later, checkAgain } = createWatched(() => free);
  expect(room.isFull()).toBe(false);
  room.setFull();
  room.setFull();
  expect(changes).toEqual([true]);
  expect(later).toHaveLength(1);
  checkAgain();
  checkAgain();
  expect(room.isFull()).toBe(true);
  free = 100 * megabyte;
  checkAgain();
  expect(changes).toEqual([true, false]);
  expect(room.isFull()).toBe(false);
  expect(later).toHaveLength(0);
});

test('a disk can become full again', () => {
  const { room, changes, checkAgain } = createWatched(() => 100 * megabyte);
  room.setFull();
  checkAgain();
  room.setFull();
  expect(changes).toEqual([true, false, true]);
});

test('a few free bytes do not count as space, nor does a disk that does not answer', () => {
  expect(createWatched(() => megabyte).room.hasFreeSpace()).toBe(false);
  const disconnected = createWatched(() => {
    throw new Error('EIO');
  });
  expect(disconnected.room.hasFreeSpace()).toBe(false);
});
