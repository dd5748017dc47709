import { v7 as newId } from 'uuid';
import { expect, test } from 'vitest';
import { append, emptyIndex, idAt, idsBetween } from '../../../state/gallery/picture-index';
import { type LayoutOptions, layOut } from './layout';
import { picturesWithin, rectangleOf } from './marquee';

const count = 60;
const ids = Array.from({ length: count }, () => newId());
const index = append(emptyIndex(), {
  ids: Uint8Array.from(Buffer.from(ids.join('').replaceAll('-', ''), 'hex')),
  widths: Uint32Array.from(ids, (_, at) => 600 + (at % 5) * 200),
  heights: new Uint32Array(count).fill(800),
  createdAt: Float64Array.from(ids, (_, at) => 1_790_000_000_000 - Math.floor(at / 12) * 86_400_000),
  positions: new BigInt64Array(count),
  colours: new Uint8Array(count * 3),
});
const options: LayoutOptions = {
  ...{ width: 900, rowHeight: 160, gap: 8, headHeight: 44, sectionGap: 20 },
  grouping: 'day',
};
const layout = layOut(index, options, null);

function boxOf(at: number) {
  const row = layout.rowFirst.findLastIndex((first, n) => n < layout.rows && first <= at);
  const [left, top] = [layout.left[at] ?? 0, layout.rowTop[row] ?? 0];
  return { left, top, right: left + (layout.width[at] ?? 0), bottom: top + (layout.rowHeight[row] ?? 0) };
}

test('finds all pictures in the whole area, one at a point and none in a gap', () => {
  const whole = { left: -100, top: -100, right: 2000, bottom: layout.height + 100 };
  expect(picturesWithin(layout, index, whole)).toEqual(ids);
  for (const at of [0, 7, 33, count - 1]) {
    const { left, top } = boxOf(at);
    const point = { left: left + 3, right: left + 3, top: top + 3, bottom: top + 3 };
    expect(picturesWithin(layout, index, point)).toEqual([idAt(index, at)]);
  }
  expect(picturesWithin(layout, index, { left: 0, right: 900, top: 2, bottom: 40 })).toEqual([]);
});

test('finds exactly the pictures that the rectangle touches', () => {
  for (let n = 0; n < 200; n += 1) {
    const point = (seed: number) => ({ x: (seed * 7919) % 950, y: (seed * 104_729) % layout.height });
    const over = rectangleOf(point(n + 1), point(n * 3 + 2));
    const touched = idsBetween(index, 0, count - 1).filter((_, at) => {
      const box = boxOf(at);
      return (
        box.left <= over.right && box.right >= over.left && box.top <= over.bottom && box.bottom >= over.top
      );
    });
    expect(picturesWithin(layout, index, over)).toEqual(touched);
  }
});
