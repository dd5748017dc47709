import { afterEach, expect, test, vi } from 'vitest';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { createTileDetails } from './tile-details';

afterEach(() => void vi.unstubAllGlobals());

/** Details of pictures, and a main process whose answers the test sends. */
function createWorld() {
  let tiles: ReadonlyMap<string, GalleryImage> = new Map();
  const asked: string[][] = [];
  const answers: (() => void)[] = [];
  const request = (_name: string, { ids }: { ids: string[] }) =>
    new Promise((resolve) => {
      asked.push(ids);
      answers.push(() => resolve({ ok: true, value: ids.map((id) => ({ id })) }));
    });
  vi.stubGlobal('window', { afterimage: { request } });
  const details = createTileDetails({
    get: () => ({ tiles }),
    set: (change) => {
      tiles = change.tiles;
    },
  });
  return {
    ...details,
    asked,
    known: () => [...tiles.keys()],
    async answer(): Promise<void> {
      answers.shift()?.();
      await new Promise(setImmediate);
    },
  };
}

test('a pending request is answered, whatever is requested in the meantime', async () => {
  const world = createWorld();
  world.describeVisible(['on screen']);
  const isThere = ['a', 'b'].map((id) => world.describe([id]).then(() => world.known().includes(id)));
  world.describeVisible(['scrolled past']);
  world.describeVisible(['on screen now']);
  await world.answer();
  await world.answer();
  expect(await Promise.all(isThere)).toEqual([true, true]);
  expect(world.asked).toEqual([['on screen'], ['a', 'b', 'on screen now']]);
  expect(world.known()).not.toContain('scrolled past');
});

test('a known picture is not read again, and resolves at once', async () => {
  const world = createWorld();
  const first = world.describe(['a']);
  await world.answer();
  await first;
  await world.describe(['a']);
  expect(world.asked).toEqual([['a']]);
});

test('too many pictures for one request are read in several', async () => {
  const world = createWorld();
  const ids = Array.from({ length: 900 }, (_, index) => `id-${index}`);
  const all = world.describe(ids);
  for (let request = 0; request < 3; request += 1) await world.answer();
  await all;
  expect(world.asked.map(({ length }) => length)).toEqual([400, 400, 100]);
  expect(world.known()).toEqual(ids);
});
