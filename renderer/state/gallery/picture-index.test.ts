import { thumbHashToAverageRGBA } from 'thumbhash';
import { v7 as newId } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { gallerySorts } from '../../../shared/domain/gallery-query';
import type { GalleryImage } from '../../../shared/domain/pictures';
import {
  colourAt,
  emptyIndex,
  idAt,
  idsBetween,
  inOrderOf,
  insert,
  insertAll,
  neighboursOf,
  type PictureIndex,
  positionOf,
  without,
} from './picture-index';

function image(changes: Partial<GalleryImage> = {}): GalleryImage {
  return {
    id: newId(),
    ...{ prompt: '', provider: 'painter', model: 'painter-1', aspectRatio: null, width: 3, height: 2 },
    ...{ bytes: 1, thumbhash: '', favourite: false, createdAt: 7, position: '7', ...changes },
  };
}

function idsOf(index: PictureIndex): (string | undefined)[] {
  return Array.from({ length: index.length }, (_, at) => idAt(index, at));
}

function indexOf(images: readonly GalleryImage[], sort: (typeof gallerySorts)[number] = 'newest') {
  return images.reduce((index, one) => insert(index, one, sort), emptyIndex());
}

const size = ({ width, height }: GalleryImage) => width * height;
const byPosition = (a: GalleryImage, b: GalleryImage) => (BigInt(a.position) < BigInt(b.position) ? -1 : 1);
const bySize = (a: GalleryImage, b: GalleryImage) => size(a) - size(b) || byPosition(a, b);
const orders = {
  newest: (a: GalleryImage, b: GalleryImage) => byPosition(b, a),
  oldest: byPosition,
  largest: (a: GalleryImage, b: GalleryImage) => bySize(b, a),
  smallest: bySize,
};

test.each(['newest', 'oldest', 'largest', 'smallest'] as const)(
  'pictures that are inserted one by one are in order: %s',
  (sort) => {
    // Positions that floating-point numbers cannot distinguish, and dates in the opposite order.
    const images = [5, 1, 4, 3, 2, 9, 6, 7].map((n, at) =>
      image({ position: `${2n ** 60n + BigInt(n)}`, createdAt: -n, width: 1 + (at % 3) }),
    );
    const sorted = images.toSorted(orders[sort]).map(({ id }) => id);
    expect(idsOf(indexOf(images, sort))).toEqual(sorted);
    expect(idsOf(indexOf(images.toReversed(), sort))).toEqual(sorted);
    // Inserts several at once, some of them twice and some already present: before, between and after others.
    const [some, all] = [indexOf(images.slice(2, 5), sort), [...images, ...images.slice(0, 2)]];
    expect(idsOf(insertAll(some, all, sort))).toEqual(sorted);
    expect(some.length).toBe(3);
    expect(idsOf(insertAll(emptyIndex(), all, sort))).toEqual(sorted);
    expect(insertAll(some, images.slice(2, 5), sort)).toBe(some);
  },
);

test('ignores a picture that is in the index, and never changes an index in place', () => {
  const [first, second] = [image(), image()];
  const index = indexOf([first]);
  expect(insert(index, first, 'newest')).toBe(index);
  insert(index, second, 'newest');
  expect(idsOf(index)).toEqual([first.id]);
});

describe('without', () => {
  const images = [1, 2, 3, 4, 5].map((n) => image({ position: `${n}` }));
  const index = indexOf(images, 'oldest');

  test.each([[[0]], [[4]], [[2, 1]], [[0, 4]], [[0, 1, 2, 3, 4]], [[3, 3]]])(
    '%j leaves the others',
    (places) => {
      const gone = places.map((at) => images[at]?.id ?? '');
      const left = images.map(({ id }) => id).filter((id) => !gone.includes(id));
      expect(idsOf(without(index, [...new Set(gone), newId()]))).toEqual(left);
    },
  );

  test('removes many at once and keeps the others', () => {
    const all = Array.from({ length: 200 }, (_, n) => image({ position: `${n}` }));
    const gone = all.filter((_, at) => at % 3 === 0).map(({ id }) => id);
    const left = all.filter((_, at) => at % 3 !== 0).map(({ id }) => id);
    expect(idsOf(without(indexOf(all, 'oldest'), [...gone, newId()]))).toEqual(left);
  });

  test('returns the same index if none of the pictures is in it', () => {
    expect(without(index, [newId()])).toBe(index);
  });
});

test('finds a picture by its id', () => {
  const images = Array.from({ length: 50 }, () => image());
  const index = indexOf(images);
  for (const { id } of images) expect(idAt(index, positionOf(index, id))).toBe(id);
  expect(positionOf(index, newId())).toBe(-1);
  expect(idAt(index, 50)).toBeUndefined();
});

test('lists the ids of a long range, up to the last picture', () => {
  const images = Array.from({ length: 1100 }, (_, n) => image({ position: `${n}` }));
  const ids = images.map(({ id }) => id);
  const index = insertAll(emptyIndex(), images, 'oldest');
  expect(idsBetween(index, 0, 1099)).toEqual(ids);
  expect(idsBetween(index, 998, 1001)).toEqual(ids.slice(998, 1002));
  expect(idsBetween(index, -5, 2000)).toEqual(ids);
  expect(idsBetween(index, 5, 4)).toEqual([]);
});

test.each([1, 20, 24, 26, 100])('puts %i pictures into the order of the gallery', (count) => {
  const images = Array.from({ length: 100 }, (_, n) => image({ position: `${n}` }));
  const index = insertAll(emptyIndex(), images, 'newest');
  const wanted = images.toReversed().slice(-count);
  const ids = new Set([newId(), ...wanted.toReversed().map(({ id }) => id)]);
  expect(inOrderOf(index, ids)).toEqual(wanted.map(({ id }) => id));
});

test('returns the existing neighbours of a picture', () => {
  const [first, second, third] = Array.from({ length: 3 }, () => image());
  if (!first || !second || !third) throw new Error('no images');
  const index = indexOf([first, second, third]);
  const of = (id: string) => neighboursOf(index, id, true);
  expect(of(second.id)).toEqual({ previous: first.id, next: third.id, position: { at: 2, of: 3 } });
  expect(of(first.id)).toEqual({ previous: undefined, next: second.id, position: { at: 1, of: 3 } });
  expect(of(third.id)).toEqual({ previous: second.id, next: undefined, position: { at: 3, of: 3 } });
  expect(of(newId())).toEqual({ previous: undefined, next: undefined, position: null });
  // The number of pictures is unknown until the whole order is loaded.
  expect(neighboursOf(index, second.id, false)).toMatchObject({ next: third.id, position: null });
  // Pictures in stacks are counted apart.
  expect(neighboursOf(index, second.id, true, 4).position).toEqual({ ...of(second.id).position, hidden: 4 });
});

test('returns the same colour as ThumbHash', () => {
  const bytes = Uint8Array.of(0x9b, 0x2e, 0x86, 0x0f, 0x02, 0x16, 0x08, 0x88, 0x77, 0x88);
  const { r, g, b } = thumbHashToAverageRGBA(bytes);
  const index = indexOf([image({ thumbhash: btoa(String.fromCharCode(...bytes)) })]);
  expect(colourAt(index, 0)).toBe(`rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(' ')})`);
  expect(colourAt(indexOf([image()]), 0)).toBeUndefined();
});
