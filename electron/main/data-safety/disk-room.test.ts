import { expect, test } from 'vitest';
import { createDiskRoom } from './disk-room';

const megabyte = 1024 * 1024;

function watched(free: () => number) {
  const told: boolean[] = [];
  const later: (() => void)[] = [];
  const room = createDiskRoom({
    freeBytes: free,
    after: (work) => void later.push(work),
    onChange: (isFull) => void told.push(isFull),
  });
  return { room, told, later, look: () => later.shift()?.() };
}

test('a disk is full from the first write that found no room until there is some', () => {
  let free = 0;
  const { room, told, later, look } = watched(() => free);
  expect(room.isFull()).toBe(false);
  room.isFullNow();
  room.isFullNow();
  expect(told).toEqual([true]);
  expect(later).toHaveLength(1);
  look();
  look();
  expect(room.isFull()).toBe(true);
  free = 100 * megabyte;
  look();
  expect(told).toEqual([true, false]);
  expect(room.isFull()).toBe(false);
  expect(later).toHaveLength(0);
});

test('it may fill up a second time', () => {
  const { room, told, look } = watched(() => 100 * megabyte);
  room.isFullNow();
  look();
  room.isFullNow();
  expect(told).toEqual([true, false, true]);
});

test('a few bytes are no room, and neither is a disk that does not answer', () => {
  expect(watched(() => megabyte).room.hasRoom()).toBe(false);
  const away = watched(() => {
    throw new Error('EIO');
  });
  expect(away.room.hasRoom()).toBe(false);
});
