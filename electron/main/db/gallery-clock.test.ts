// The last made, deleted or collected picture comes first, whatever the clock says. Dates are only shown and filtered.

import path from 'node:path';
import { v7 as idAt } from 'uuid';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import type { GalleryChunk, GalleryCursor } from '../../../shared/domain/gallery-timeline';
import type { Recipe } from '../../../shared/domain/recipe';
import { newPictureMessage } from '../../../shared/domain/test-message';
import { createRandom } from '../../../tests/harness/random';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext } from '../test-support/test-context';
import type { Store } from './open';
import type { NewUserImage } from './outbox';
import { openPlain } from './test-database';
import { idsOf } from './test-gallery';

const noon = Date.UTC(2026, 10, 28, 12);
const hour = 3_600_000;
const day = 24 * hour;

let store: Store;

beforeEach(() => {
  store = createTestContext().store;
  onTestFinished(() => store.close());
});

/** The id has the same time as the date, as ids do that are created with a wrong clock. */
function imageAt(createdAt: number): NewUserImage {
  const id = idAt({ msecs: Math.min(Math.max(createdAt, 0), 2 ** 48 - 1) });
  const size = { width: 3, height: 2, bytes: 1 };
  const maker = { provider: 'painter', model: 'painter-1' } as const;
  const recipe = { prompt: 'a fox', params: '{"aspectRatio":"3:2","seed":1}', ...maker };
  return { id, messageId: id, file: `images/ab/${id}.png`, thumbhash: '', createdAt, ...size, ...recipe };
}

function make(createdAt: number): string {
  const image = imageAt(createdAt);
  store.userImages.insert(image);
  return image.id;
}

function addDated(createdAt: number): string {
  const image = imageAt(createdAt);
  expect(store.userImages.insertDated(image)).toBe(true);
  return image.id;
}

function chunks(changes: Partial<GalleryQuery>, limit: number): GalleryChunk[] {
  const read: GalleryChunk[] = [];
  let after: GalleryCursor | null = null;
  do {
    const chunk: GalleryChunk = store.galleryOrder.chunk({ ...everyPicture, ...changes }, after, limit);
    read.push(chunk);
    after = chunk.next;
  } while (after);
  return read;
}

function listed(changes: Partial<GalleryQuery> = {}, limit = 100): string[] {
  return chunks(changes, limit).flatMap(idsOf);
}

/** All pictures have the same size and model, so each of these shows the newest first, or last. */
const orders: [string, Partial<GalleryQuery>, 'first' | 'last'][] = [
  ['newest first', {}, 'first'],
  ['oldest first', { sort: 'oldest' }, 'last'],
  ['largest first', { sort: 'largest' }, 'first'],
  ['smallest first', { sort: 'smallest' }, 'last'],
  ['by model', { sort: 'model' }, 'first'],
  ['with a word', { text: 'fox' }, 'first'],
  ['with a word, oldest first', { text: 'fox', sort: 'oldest' }, 'last'],
  ['with a word, by model', { text: 'fox', sort: 'model' }, 'first'],
];

describe.each(orders)('%s', (_name, query, newest) => {
  const newestFirst = (limit?: number) => {
    const ids = listed(query, limit);
    return newest === 'first' ? ids : ids.toReversed();
  };

  test('lists what is made after the clock was put back above everything older', () => {
    const made = [noon, noon + 5, noon - 2 * hour, noon - 2 * hour + 5, noon - 40 * day].map(make);
    expect(newestFirst()).toEqual(made.toReversed());
  });

  test('lists what is made after the clock was ahead once above it', () => {
    const made = [noon, noon + 40 * day, noon + 1, noon + 2, noon + hour].map(make);
    expect(newestFirst()).toEqual(made.toReversed());
  });

  test('lists a burst of a thousand in one millisecond in the order in which they were made', () => {
    store.batch(() => {
      const made = Array.from({ length: 1000 }, () => make(noon));
      expect(newestFirst(333)).toEqual(made.toReversed());
    });
  });

  test.each([1, 2, 3, 4, 5, 6])('follows no clock, however it jumps (seed %i)', (seed) => {
    const random = createRandom(seed);
    const made: string[] = [];
    const inTrash = new Set<string>();
    let clock = noon;
    store.batch(() => {
      for (let step = 0; step < 250; step += 1) {
        const jump = random();
        if (jump < 0.1) clock += Math.round((random() - 0.5) * 400 * day);
        else if (jump < 0.12) clock = Math.round((random() - 0.5) * 2 ** 54);
        else if (jump > 0.5) clock += Math.round(random() * 1000);
        const act = random();
        const some = made[Math.floor(random() * made.length)] ?? '';
        if (act < 0.65) made.push(make(clock));
        else if (act < 0.8) addDated(Math.round(noon - random() * 300 * day));
        else if (act < 0.9 && store.trash.add(some, clock)) inTrash.add(some);
        else if (store.trash.restore(some)) inTrash.delete(some);
      }
    });
    const isMade = new Set(made);
    const limit = 1 + Math.floor(random() * 60);
    const shown = newestFirst(limit).filter((id) => isMade.has(id));
    expect(shown).toEqual(made.filter((id) => !inTrash.has(id)).toReversed());
  });
});

test('positions fall from chunk to chunk and dates stay as they are', () => {
  const dates = [noon, noon + 40 * day, noon, noon, noon - hour, -5];
  for (const createdAt of dates) make(createdAt);
  const read = chunks({}, 2);
  expect(read.flatMap(({ createdAt }) => [...createdAt])).toEqual(dates.toReversed());
  const positions = read.flatMap((chunk) => [...chunk.positions]);
  for (const [at, position] of positions.entries()) {
    if (at > 0) expect(position).toBeLessThan(positions[at - 1] ?? 0n);
  }
  const tiles = new Map(store.galleryOrder.tiles(listed()).map(({ id, position }) => [id, BigInt(position)]));
  expect(listed().map((id) => tiles.get(id))).toEqual(positions);
});

test('an import keeps the place of its own date', () => {
  const [first, second] = [make(noon), make(noon + hour)];
  const between = addDated(noon + hour / 2);
  const old = addDated(noon - 300 * day);
  const last = make(noon - 2 * hour);
  const recent = addDated(noon + 2 * hour);
  expect(listed()).toEqual([recent, last, second, between, first, old]);
});

test('imports of one millisecond are all kept, in the order in which they arrived', () => {
  const ids = Array.from({ length: 50 }, () => addDated(noon));
  expect(listed()).toEqual(ids.toReversed());
});

test('a row of another program has the place of its own date', () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = path.join(folder, 'afterimage.db');
  store.close();
  store = createTestContext(file).store;
  const [first, second] = [make(noon), make(noon + hour)];
  const outside = idAt({ msecs: noon + hour / 2 });
  const plain = openPlain(file);
  plain.exec(`INSERT INTO user_images (id, file, width, height, bytes, prompt, provider, model, created_at)
              VALUES ('${outside}', 'x.png', 1, 1, 1, 'a fox', 'painter', 'painter-1', ${noon + hour / 2})`);
  plain.close();
  const last = make(noon - hour);
  expect(listed()).toEqual([last, second, outside, first]);
});

describe('a rescued picture', () => {
  const recipeAt = (createdAt: number): Recipe => {
    const { messageId: _message, params: _params, ...image } = imageAt(createdAt);
    const params = { aspectRatio: '3:2', seed: 1 } as const;
    return { version: 1, ...image, params, costMicroUsd: 0, durationMs: 1 };
  };

  test('has the place of its own date', () => {
    const [first, second] = [make(noon), make(noon + hour)];
    const between = recipeAt(noon + hour / 2);
    store.transaction(() => store.salvage.add('r', [between]));
    expect(listed()).toEqual([second, between.id, first]);
  });

  test('with a date in the future stays below what is made later', () => {
    const ahead = recipeAt(noon + 40 * day);
    store.transaction(() => store.salvage.add('r', [ahead]));
    const made = make(noon);
    expect(listed()).toEqual([made, ahead.id]);
  });
});

describe('a picture that the gallery lacks', () => {
  function messageOf(createdAt: number): NewUserImage {
    const image = imageAt(createdAt);
    const { id, provider, model, prompt, file, width, height, bytes } = image;
    const conversationId = idAt();
    store.conversations.insert({ id: conversationId, title: '', createdAt });
    const ids = { id, conversationId, groupId: id };
    const wanted = { prompt, provider, model, createdAt, updatedAt: createdAt };
    store.messages.insert(newPictureMessage({ ...ids, ...wanted, status: 'generating' }));
    const result = { file, width, height, bytes, thumbhash: Buffer.of(1), provider, model };
    expect(store.messages.setReady(id, result, createdAt)).toBe(true);
    return image;
  }

  test('gets the place of its message', () => {
    const [first, second] = [make(noon), make(noon + hour)];
    const lacking = messageOf(noon + hour / 2);
    store.pictureRows.addToGallery(lacking.id);
    expect(listed()).toEqual([second, lacking.id, first]);
  });

  test('comes after all others if it was made just now and is still in the outbox', () => {
    const older = make(noon);
    const row = messageOf(noon - 2 * hour);
    store.outbox.add(idAt(), { kind: 'user-image', row }, row.createdAt);
    store.pictureRows.addToGallery(row.id);
    expect(listed()).toEqual([row.id, older]);
    const next = make(noon - hour);
    store.userImages.insert(row);
    expect(listed()).toEqual([next, row.id, older]);
  });

  test('is left to the outbox when its message is removed', () => {
    const older = make(noon);
    const row = messageOf(noon - 2 * hour);
    store.outbox.add(idAt(), { kind: 'user-image', row }, row.createdAt);
    const conversationId = store.messages.find(row.id)?.conversationId ?? '';
    expect(store.purge.removeMessages(conversationId, 10)).toBe(1);
    expect(listed()).toEqual([older]);
    store.userImages.insert(row);
    expect(listed()).toEqual([row.id, older]);
  });
});

test('filters by date, not by position', () => {
  const ahead = make(noon + 40 * day);
  const today = make(noon);
  const yesterday = make(noon - day);
  for (const [from, to, found] of [
    [noon - hour, noon + hour, [today]],
    [noon + hour, null, [ahead]],
    [null, noon + hour, [yesterday, today]],
    [null, null, [yesterday, today, ahead]],
  ] as const) {
    expect(listed({ from, to })).toEqual(found);
    expect(store.galleryFacets.count({ ...everyPicture, from, to })).toBe(found.length);
  }
  const months = store.galleryOrder.months();
  expect(months.map(({ count }) => count)).toEqual([1, 2]);
});

describe('Trash', () => {
  test('lists the pictures deleted last first, after the clock was put back too', () => {
    const ids = [0, 1, 2, 3].map((n) => make(noon + n));
    const [a = '', b = '', c = '', d = ''] = ids;
    const inTrash = () => store.trash.pictures(10).map(({ image }) => image.id);
    for (const [id, at] of [
      [b, noon + 40 * day],
      [a, noon],
      [d, noon - 2 * hour],
      [c, noon],
    ] as const)
      expect(store.trash.add(id, at)).toBe(true);
    expect(inTrash()).toEqual([c, d, a, b]);
    expect(store.trash.restore(b)).toBe(true);
    expect(store.trash.add(b, noon - day)).toBe(true);
    expect(inTrash()).toEqual([b, c, d, a]);
    expect(store.trash.pictures(2).map(({ deletedAt }) => deletedAt)).toEqual([noon - day, noon]);
  });

  test('lists the conversations deleted last first', () => {
    const ids = [0, 1, 2].map(() => idAt());
    for (const id of ids) store.conversations.insert({ id, title: 'A chat', createdAt: noon });
    const [a = '', b = '', c = ''] = ids;
    for (const [id, at] of [
      [b, noon],
      [c, noon - hour],
      [a, noon - hour],
    ] as const)
      store.conversations.delete(id, at);
    expect(store.trash.conversations(10).map(({ id }) => id)).toEqual([a, c, b]);
  });
});

test('the cover of a collection is the picture that was put in last', () => {
  const [first, second, third] = [make(noon), make(noon + 1), make(noon + 2)];
  const id = idAt();
  store.collections.create(id, 'Foxes', null, noon);
  store.collections.add(id, [third, second], noon + day);
  expect(store.collections.find(id)?.coverId).toBe(second);
  store.collections.add(id, [first], noon - day);
  expect(store.collections.find(id)?.coverId).toBe(first);
  store.collections.remove(id, [first]);
  expect(store.collections.find(id)?.coverId).toBe(second);
});

test('the picture that is reused is the one that was made last', () => {
  const made = [noon + 40 * day, noon, noon - 2 * hour].map(make);
  const recipe = { provider: 'painter', model: 'painter-1', prompt: 'a fox' };
  const params = { aspectRatio: '3:2', seed: 1 } as const;
  const found = store.reusablePictures.find({ ...recipe, params }, false);
  expect(found.map(({ id }) => id)).toEqual(made.toReversed());
});
