import { v7 as newId } from 'uuid';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { everyPicture, type GalleryQuery, gallerySorts } from '../../../shared/domain/gallery-query';
import type { GalleryChunk, GalleryCursor } from '../../../shared/domain/gallery-timeline';
import { createTestContext } from '../test-support/test-context';
import type { Store } from './open';
import { idsOf } from './test-gallery';

let store: Store;

beforeEach(() => {
  store = createTestContext().store;
  onTestFinished(() => store.close());
});

type Facts = { createdAt: number; prompt: string; width: number; height: number; model: string };

function add(changes: Partial<Facts> = {}): string {
  const id = newId();
  store.userImages.insertDated({
    id,
    messageId: id,
    file: `images/ab/${id}.png`,
    width: 3,
    height: 2,
    bytes: 1,
    thumbhash: Buffer.of(1, 128, 255, 7, 8).toString('base64'),
    prompt: 'a sunset',
    provider: 'painter',
    model: 'painter-1',
    params: '{"aspectRatio":"3:2","seed":1}',
    createdAt: 7,
    ...changes,
  });
  return id;
}

function readAll(changes: Partial<GalleryQuery> = {}, limit = 100): string[] {
  const read: string[] = [];
  for (let after: GalleryCursor | null = null, first = true; first || after; first = false) {
    const chunk: GalleryChunk = store.galleryOrder.chunk({ ...everyPicture, ...changes }, after, limit);
    expect(chunk.createdAt.length).toBeGreaterThan(0);
    read.push(...idsOf(chunk));
    after = chunk.next;
  }
  return read;
}

test('a chunk has the facts of a picture in columns', () => {
  const id = add({ width: 1824, height: 1026, createdAt: 1_795_000_000_000 });
  const chunk = store.galleryOrder.chunk(everyPicture, null, 10);
  expect(idsOf(chunk)).toEqual([id]);
  expect([...chunk.widths, ...chunk.heights, ...chunk.createdAt]).toEqual([1824, 1026, 1_795_000_000_000]);
  expect([...chunk.positions]).toEqual([1_795_000_000_000n * 2n ** 20n]);
  expect([...chunk.colours]).toEqual([1, 128, 255]);
  expect(chunk.next).toBeNull();
});

test('an empty gallery has no chunk and no months', () => {
  const chunk = store.galleryOrder.chunk(everyPicture, null, 10);
  expect([chunk.ids.length, chunk.next]).toEqual([0, null]);
  expect(store.galleryOrder.months()).toEqual([]);
});

test('orders by date and not by id, because imported pictures may be old', () => {
  const young = add({ createdAt: 9 });
  const imported = add({ createdAt: 3 });
  const old = add({ createdAt: 5 });
  expect(readAll()).toEqual([young, old, imported]);
  expect(readAll({ sort: 'oldest' })).toEqual([imported, old, young]);
});

test('orders by size and by model, the newest first among equals', () => {
  const small = add({ width: 10, height: 10, model: 'b' });
  const wide = add({ width: 1000, height: 20, model: 'a' });
  const high = add({ width: 20, height: 1000, model: 'b' });
  expect(readAll({ sort: 'largest' })).toEqual([high, wide, small]);
  expect(readAll({ sort: 'smallest' })).toEqual([small, wide, high]);
  expect(readAll({ sort: 'model' })).toEqual([wide, high, small]);
});

describe.each(gallerySorts)('sorted by %s', (sort) => {
  test.each([1, 2, 3, 5, 24])('chunks of %i contain every picture once, in the same order', (limit) => {
    // Four dates, three sizes and two models, so that every key has equals.
    for (let n = 0; n < 24; n += 1) {
      add({ createdAt: n % 4, width: 1 + (n % 3), model: `model-${n % 2}` });
    }
    const whole = readAll({ sort }, 100);
    expect(new Set(whole).size).toBe(24);
    expect(readAll({ sort }, limit)).toEqual(whole);
  });

  test('a chunk starts where the previous one ended, even if that picture is deleted', () => {
    for (let n = 0; n < 6; n += 1) add({ createdAt: n, width: n + 1 });
    const whole = readAll({ sort });
    const { next } = store.galleryOrder.chunk({ ...everyPicture, sort }, null, 3);
    store.trash.add(whole[2] ?? '', 1);
    expect(idsOf(store.galleryOrder.chunk({ ...everyPicture, sort }, next, 3))).toEqual(whole.slice(3));
  });
});

test('leaves out what is in Trash', () => {
  const kept = add();
  const deleted = add();
  store.trash.add(deleted, 1);
  expect(readAll()).toEqual([kept]);
  expect(store.galleryOrder.tiles([kept, deleted]).map(({ id }) => id)).toEqual([kept]);
  expect(store.galleryOrder.matching(everyPicture, [kept, deleted])).toEqual([kept]);
  expect(store.galleryOrder.months()).toMatchObject([{ count: 1 }]);
});

test('returns which of some pictures a query finds', () => {
  const fox = add({ prompt: 'a fox' });
  const owl = add({ prompt: 'an owl' });
  add({ prompt: 'another fox' });
  expect(store.galleryOrder.matching({ ...everyPicture, text: 'fox' }, [fox, owl, newId()])).toEqual([fox]);
});

test('counts months in local time and leaves out empty ones', () => {
  for (const [month, day] of [
    [0, 1],
    [0, 31],
    [3, 30],
  ] as const) {
    add({ createdAt: new Date(2026, month, day, day === 1 ? 0 : 23, 59).getTime() });
  }
  expect(store.galleryOrder.months()).toEqual([
    { start: new Date(2026, 3, 1).getTime(), count: 1 },
    { start: new Date(2026, 0, 1).getTime(), count: 2 },
  ]);
});

test('counts months quickly and correctly despite one absurd date', () => {
  add({ createdAt: new Date(2026, 3, 2).getTime() });
  add({ createdAt: -50_000_000_000_000 });
  expect(store.galleryOrder.months().map(({ count }) => count)).toEqual([1, 1]);
});

const isByDate = (sort: string) => sort === 'newest' || sort === 'oldest';

test.each([
  ['newest', 'COVERING INDEX user_images_in_order'],
  ['oldest', 'COVERING INDEX user_images_in_order'],
  ['largest', 'INDEX user_images_by_size'],
  ['smallest', 'INDEX user_images_by_size'],
  ['model', 'INDEX user_images_by_model'],
] as const)('reads the first and any later chunk by %s from its index, without sorting', (sort, index) => {
  const query = { ...everyPicture, sort };
  const after = { key: isByDate(sort) ? null : sort === 'model' ? 'm' : 1, position: '1' };
  expect(store.galleryOrder.plan(query, null)).toMatch(new RegExp(`^SCAN u USING ${index}$`));
  const later = store.galleryOrder.plan(query, after);
  expect(later).not.toMatch(/SCAN u|TEMP B-TREE/);
  const searches = later.match(new RegExp(`SEARCH u USING ${index} \\(`, 'g')) ?? [];
  // One search for pictures with the same key, one for the others.
  expect(searches).toHaveLength(isByDate(sort) ? 1 : 2);
});

describe('sorted by something other than the date, with a word', () => {
  const query = { ...everyPicture, text: 'fox' };
  const sorts = ['largest', 'smallest', 'model'] as const;

  function addMany(count: number): void {
    store.batch(() => {
      for (let at = 0; at < count; at += 1) {
        const prompt = at % 50 === 0 ? 'an owl' : 'a fox';
        add({ prompt, width: 1 + ((at * 7) % 90), createdAt: at % 400, model: `model-${at % 3}` });
      }
    });
  }

  test('of few pictures, sorts the matches', () => {
    addMany(60);
    for (const sort of sorts)
      expect(store.galleryOrder.plan({ ...query, sort }, null)).toContain('TEMP B-TREE');
  });

  test('of very many pictures, walks the order until a page is full, with the same pages', () => {
    addMany(5_300);
    const all = new Set(readAll({ text: 'fox' }, 10_000));
    expect(all.size).toBe(5_194);
    for (const sort of sorts) {
      const plan = store.galleryOrder.plan({ ...query, sort }, null);
      expect(plan).toMatch(
        new RegExp(`SCAN u USING INDEX user_images_by_${sort === 'model' ? 'model' : 'size'}`),
      );
      expect(plan).not.toContain('TEMP B-TREE');
      const expected = readAll({ sort }, 10_000).filter((id) => all.has(id));
      expect(readAll({ text: 'fox', sort }, 700)).toEqual(expected);
    }
  });
});
