import { beforeEach, expect, test } from 'vitest';
import { type CropWork, keepCrop, readCrop } from './keep-crop';

/** A browser's store. */
const stored = new Map<string, string>();
const localStorage = {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
};
Object.assign(globalThis, { localStorage });

const crop = { left: 1, top: 2, width: 30, height: 20 };
const turned: CropWork = {
  change: { quarterTurns: 1, mirrored: false, straighten: -2.5, crop, scale: 2 },
  ratio: '3:2',
};

beforeEach(() => stored.clear());

test('restores the unfinished work of a picture until it is removed', () => {
  expect(readCrop('a')).toBeNull();
  keepCrop('a', turned);
  keepCrop('b', { change: { ...turned.change, crop: null }, ratio: null });
  expect(readCrop('a')).toEqual(turned);
  keepCrop('a', null);
  expect(readCrop('a')).toBeNull();
  expect(readCrop('b')).toEqual({ change: { ...turned.change, crop: null }, ratio: null });
});

test('of too many pictures, the least recently changed one is deleted', () => {
  for (let number = 0; number < 100; number += 1) keepCrop(`picture ${number}`, turned);
  keepCrop('picture 0', turned);
  keepCrop('one more', turned);
  expect(readCrop('picture 0')).toEqual(turned);
  expect(readCrop('picture 1')).toBeNull();
});

test.each([
  'no JSON',
  '[1]',
  'null',
  JSON.stringify({ a: { change: { ...turned.change, scale: 3 }, ratio: null } }),
])('ignores unreadable work, such as %s', (text) => {
  stored.set('crops', text);
  expect(readCrop('a')).toBeNull();
  keepCrop('a', turned);
  expect(readCrop('a')).toEqual(turned);
});
