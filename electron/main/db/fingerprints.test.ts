import { v7 as newId } from 'uuid';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { fingerprintBytes } from '../../../shared/domain/fingerprints';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import type { GalleryCursor } from '../../../shared/domain/gallery-timeline';
import { maxAlike } from './alike-index';
import type { MemoryStore } from './test-database';
import { openMemoryStore } from './test-database';
import { idsOf, readGallery } from './test-gallery';

let memory: MemoryStore;
let store: MemoryStore['store'];

beforeEach(() => {
  memory = openMemoryStore();
  store = memory.store;
  onTestFinished(() => store.close());
});

type Facts = { prompt: string; width: number; height: number; params: string; parentId: string };

let clock = 0;

function add(changes: Partial<Facts> = {}): string {
  const id = newId();
  clock += 1;
  store.userImages.insert({
    ...{ id, messageId: id, file: `images/ab/${id}.png`, width: 300, height: 200, bytes: 1, thumbhash: '' },
    ...{ prompt: 'a fox', provider: 'painter', model: 'painter-1', params: '{}', createdAt: clock },
    ...changes,
  });
  return id;
}

/** Returns a fingerprint that differs from that of all zeros in this many coarse bits, spread over its quarters. */
function look(bits: number, fill = 0): Uint8Array {
  const bytes = new Uint8Array(fingerprintBytes).fill(fill);
  for (let bit = 0; bit < bits; bit += 1)
    bytes[(bit * 2) % 8] = (bytes[(bit * 2) % 8] ?? 0) ^ (2 << Math.floor(bit / 4));
  return bytes;
}

function read(id: string, fingerprint: Uint8Array | null): boolean {
  return store.transaction(() => store.fingerprints.write(id, fingerprint));
}

function addRead(bits: number, changes: Partial<Facts> = {}): string {
  const id = add(changes);
  read(id, look(bits));
  return id;
}

const found = (changes: Partial<GalleryQuery>) =>
  readGallery(store, { ...everyPicture, sort: 'relevance', ...changes }).map(({ id }) => id);

describe('pictures that look alike', () => {
  test('are found without the picture itself, the most alike first, and those not read yet are left out', () => {
    const [far, near, same, one] = [addRead(30), addRead(12), addRead(3), addRead(0)];
    const unread = add();
    expect(found({ alikeTo: one })).toEqual([same, near, far]);
    expect(store.fingerprints.unread()).toBe(1);
    expect(found({ alikeTo: unread })).toEqual([]);
    expect(found({ alikeTo: newId() })).toEqual([]);
  });

  test('are found among those that were read after the first search, and again after they were read anew', () => {
    const [one, first] = [addRead(0), addRead(9)];
    expect(found({ alikeTo: one })).toEqual([first]);
    const second = addRead(5);
    expect(found({ alikeTo: one })).toEqual([second, first]);
    read(first, look(2));
    expect(found({ alikeTo: one })).toEqual([first, second]);
  });

  test('are not found once they are in Trash', () => {
    const [one, other] = [addRead(0), addRead(9)];
    store.trash.add(other, 1);
    expect(found({ alikeTo: one })).toEqual([]);
  });

  test('are narrowed by filters and words, counted, and sorted by date where that is wanted', () => {
    const one = addRead(0);
    const owl = addRead(20, { prompt: 'an owl' });
    const wide = addRead(9, { width: 900 });
    const foxes = [addRead(12), addRead(14)];
    expect(found({ alikeTo: one, text: 'owl' })).toEqual([owl]);
    expect(found({ alikeTo: one, minSide: 800 })).toEqual([wide]);
    expect(found({ alikeTo: one, text: 'fox', sort: 'oldest' })).toEqual([wide, ...foxes]);
    expect(store.galleryFacets.count({ ...everyPicture, alikeTo: one, text: 'fox' })).toBe(3);
    expect(store.galleryOrder.matching({ ...everyPicture, alikeTo: one }, [owl, one])).toEqual([owl]);
  });

  test.each(['relevance', 'newest', 'largest'] as const)('come in pages, by %s', (sort) => {
    const one = addRead(0);
    for (const bits of [9, 14, 11, 20, 17]) addRead(bits);
    const query = { ...everyPicture, alikeTo: one, sort };
    const whole = found(query);
    const paged: string[] = [];
    for (let after: GalleryCursor | null = null, isFirst = true; isFirst || after; isFirst = false) {
      const chunk = store.galleryOrder.chunk(query, after, 2);
      paged.push(...idsOf(chunk));
      after = chunk.next;
    }
    expect(whole).toHaveLength(5);
    expect(paged).toEqual(whole);
  });

  test('are no more than anybody looks through', () => {
    const one = addRead(0);
    store.transaction(() => {
      for (let at = 0; at < maxAlike + 3; at += 1) store.fingerprints.write(add(), look(20, at % 2));
    });
    expect(found({ alikeTo: one }).length).toBeLessThanOrEqual(maxAlike);
  });
});

describe('pictures without a fingerprint', () => {
  test('is each new picture, the newest first, until it is read or could not be opened', () => {
    const [old, broken, latest] = [add(), add(), add()];
    const next = () => store.fingerprints.nextUnread(10).map(({ id }) => id);
    expect(next()).toEqual([latest, broken, old]);
    expect(store.fingerprints.unreadPicture(old)).toEqual({ id: old, file: `images/ab/${old}.png` });
    read(broken, null);
    read(latest, look(1));
    expect(next()).toEqual([old]);
    expect(store.fingerprints.unreadPicture(latest)).toBeUndefined();
  });

  test('is a picture again whose missing file was found', () => {
    const lost = add();
    read(lost, null);
    store.pictureRows.setMissing(lost, 5);
    expect(store.fingerprints.unread()).toBe(0);
    store.pictureRows.setMissing(lost, null);
    expect(store.fingerprints.nextUnread(1)).toMatchObject([{ id: lost }]);
  });

  test('ends with the picture', () => {
    const gone = add();
    memory.query(`SELECT 1`);
    store.trash.add(gone, 1);
    store.transaction(() => store.purge.markPictures(1, 2, 10));
    store.purge.removePicture(gone);
    expect(store.fingerprints.unread()).toBe(0);
    expect(read(gone, look(1))).toBe(false);
    expect(memory.query('SELECT * FROM fingerprints')).toEqual([]);
  });
});
