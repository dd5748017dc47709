import { describe, expect, test } from 'vitest';
import type { GalleryImage } from '../../../../shared/domain/pictures';
import {
  append,
  emptyIndex,
  idAt,
  insert,
  type PictureIndex,
  without,
} from '../../../state/gallery/picture-index';
import { rowOfPicture } from './find-row';
import { type LayoutOptions, layOut } from './layout';
import { nextPicture } from './next-picture';
import { createView, movedTo, relaid, revealing, towards, type View } from './view';

const options: LayoutOptions = {
  ...{ width: 1000, rowHeight: 200, gap: 8, headHeight: 44, sectionGap: 20 },
  grouping: 'day',
};
const height = 700;
const day = 86_400_000;
const noon = new Date(2026, 5, 15, 12).getTime();

const timeAt = (at: number) => noon - Math.floor(at / 7) * day - (at % 7);

/** Returns seven pictures per day, newest first, with ids made from their index. */
function manyPictures(count: number): PictureIndex {
  const ids = new Uint8Array(count * 16);
  for (let at = 0; at < count; at += 1) new DataView(ids.buffer).setUint32(at * 16, at + 1);
  return append(emptyIndex(), {
    ids,
    widths: Uint32Array.from({ length: count }, (_, at) => 600 + ((at * 7) % 13) * 100),
    heights: new Uint32Array(count).fill(900),
    createdAt: Float64Array.from({ length: count }, (_, at) => timeAt(at)),
    positions: BigInt64Array.from({ length: count }, (_, at) => BigInt(timeAt(at))),
    colours: new Uint8Array(count * 3),
  });
}

function picture(createdAt: number): GalleryImage {
  return {
    id: 'ffffffff-0000-7000-8000-000000000000',
    ...{ prompt: '', provider: 'painter', model: 'painter-1', aspectRatio: null, width: 3, height: 2 },
    ...{ bytes: 1, thumbhash: '', favourite: false, createdAt, position: String(createdAt) },
  };
}

const index = manyPictures(700);
const layout = layOut(index, options);
const whole = (index: PictureIndex) => ({ index, isComplete: true });
const at = (y: number): View => movedTo(createView({ layout, height }, null), index, y);

/** Returns the distance of a picture's row from the top of the viewport (CSS pixels). */
function offsetOf(view: View, order: PictureIndex, id: string | undefined): number {
  for (let place = 0; place < order.length; place += 1) {
    if (idAt(order, place) === id) {
      return (view.layout.rowTop[rowOfPicture(view.layout, place)] ?? 0) - view.y;
    }
  }
  return Number.NaN;
}

describe.each([300, 5000, 20_000])('the anchor at %i pixels', (y) => {
  const before = at(y);
  const id = before.anchor?.id;
  const offset = offsetOf(before, index, id);

  test.each<[string, PictureIndex, LayoutOptions]>([
    ['a new picture on a day of its own', insert(index, picture(noon + day), 'newest'), options],
    ['a picture far below', insert(index, picture(noon - 95 * day), 'newest'), options],
    ['the first ones deleted', without(index, [idAt(index, 0) ?? '', idAt(index, 1) ?? '']), options],
    ['another width', index, { ...options, width: 640 }],
    ['another density', index, { ...options, rowHeight: 130, grouping: 'month' }],
  ])('keeps its place after a change: %s', (_name, order, changed) => {
    const after = relaid(before, whole(order), { layout: layOut(order, changed), height });
    // The view cannot scroll above the top of the content.
    if (after.y > 0) expect(offsetOf(after, order, id)).toBeCloseTo(offset, 3);
    else expect(offsetOf(after, order, id)).toBeLessThanOrEqual(offset);
  });

  test('is replaced by the next picture when deleted', () => {
    const order = without(index, [id ?? '']);
    const after = relaid(before, whole(order), { layout: layOut(order, options), height });
    const following = idAt(index, (before.anchor?.at ?? 0) + 1);
    expect(after.anchor?.id === following || after.anchor?.at === before.anchor?.at).toBe(true);
  });
});

test('shows new pictures at once when scrolled to the top', () => {
  const order = insert(index, picture(noon + day), 'newest');
  expect(relaid(at(0), whole(order), { layout: layOut(order, options), height }).y).toBe(0);
});

describe('a target', () => {
  const loadedIndex = manyPictures(70);
  const part = layOut(loadedIndex, options);

  test('is kept while the order is loading, and reached once it is loaded', () => {
    const target = { at: -1, id: idAt(index, 500) ?? '', offset: 120 };
    const waiting = towards(
      createView({ layout: part, height }, target),
      { index: loadedIndex, isComplete: false },
      target,
    );
    expect(waiting.target).toEqual(target);
    const loaded = relaid(waiting, { index, isComplete: false }, { layout, height });
    expect(loaded.target).toBeNull();
    expect(offsetOf(loaded, index, target.id)).toBe(120);
  });

  test('that no longer exists goes to the top', () => {
    const target = { at: -1, id: 'ffffffff-0000-7000-8000-00000000000f', offset: 0 };
    expect(towards(at(5000), whole(index), target)).toMatchObject({ y: 0, target: null });
  });

  test('at the end goes to the end of the loaded part, then to the end of the gallery', () => {
    const end = { at: Number.POSITIVE_INFINITY, offset: 0 };
    const waiting = towards(
      createView({ layout: part, height }, end),
      { index: loadedIndex, isComplete: false },
      end,
    );
    expect(waiting.y).toBe(part.height + 40 - height);
    expect(relaid(waiting, whole(index), { layout, height }).y).toBe(layout.height + 40 - height);
  });
});

test('reveals a picture with the shortest move, and none if it is visible', () => {
  const view = at(5000);
  expect(revealing(view, index, view.anchor?.at ?? 0)).toBe(view);
  for (const place of [0, 699]) {
    const shown = revealing(view, index, place);
    const row = rowOfPicture(layout, place);
    expect(layout.rowTop[row]).toBeGreaterThanOrEqual(shown.y);
    expect((layout.rowTop[row] ?? 0) + (layout.rowHeight[row] ?? 0)).toBeLessThanOrEqual(shown.y + height);
  }
});

describe('keys', () => {
  test('Arrow Down and Arrow Up go to the nearest picture of the neighbouring row', () => {
    const middle = (place: number) => (layout.left[place] ?? 0) + (layout.width[place] ?? 0) / 2;
    for (const [key, by] of [
      ['ArrowDown', 1],
      ['ArrowUp', -1],
    ] as const) {
      for (let place = 20; place < 300; place += 1) {
        const next = nextPicture(layout, place, key, height) ?? Number.NaN;
        const row = rowOfPicture(layout, place) + by;
        expect(rowOfPicture(layout, next)).toBe(row);
        for (let other = layout.rowFirst[row] ?? 0; other < (layout.rowFirst[row + 1] ?? 0); other += 1) {
          expect(Math.abs(middle(next) - middle(place))).toBeLessThanOrEqual(
            Math.abs(middle(other) - middle(place)),
          );
        }
      }
    }
  });

  test.each([
    [0, 'ArrowLeft'],
    [0, 'ArrowUp'],
    [699, 'ArrowRight'],
    [699, 'ArrowDown'],
    [5, 'x'],
  ])('do not move from picture %i on %s', (place, key) => {
    expect(nextPicture(layout, place, key, height)).toBeUndefined();
  });

  test('Page Down reaches the end and Page Up the first row', () => {
    let place = 0;
    for (let turn = 0; turn < 200; turn += 1) place = nextPicture(layout, place, 'PageDown', height) ?? place;
    expect(rowOfPicture(layout, place)).toBe(layout.rows - 1);
    for (let turn = 0; turn < 200; turn += 1) place = nextPicture(layout, place, 'PageUp', height) ?? place;
    expect(rowOfPicture(layout, place)).toBe(0);
  });
});
