import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createRandom } from '../../../../tests/harness/random';
import { append, emptyIndex, type PictureIndex } from '../../../state/gallery/picture-index';
import { maxRatio, minRatio, shownRatio } from '../../../ui/shown-ratio';
import { maxTilesInPage, rowAtHeight, rowOfPicture, rowsToShow } from './find-row';
import { type Layout, type LayoutOptions, layOut, sectionKey } from './layout';
import { sectionAround } from './sections';

const options: LayoutOptions = {
  width: 1000,
  rowHeight: 200,
  gap: 8,
  headHeight: 44,
  sectionGap: 24,
  grouping: 'day',
};

type Picture = { width: number; height: number; createdAt: number };

function indexOf(pictures: readonly Picture[], into: PictureIndex = emptyIndex()): PictureIndex {
  return append(into, {
    ids: new Uint8Array(pictures.length * 16),
    widths: Uint32Array.from(pictures, ({ width }) => width),
    heights: Uint32Array.from(pictures, ({ height }) => height),
    createdAt: Float64Array.from(pictures, ({ createdAt }) => createdAt),
    positions: new BigInt64Array(pictures.length),
    colours: new Uint8Array(pictures.length * 3),
  });
}

/** Returns pictures, newest first, with one to many per day and ratios from very narrow to very wide. */
function manyPictures(seed: number, count: number): Picture[] {
  const random = createRandom(seed);
  let createdAt = new Date(2026, 5, 15).getTime();
  return Array.from({ length: count }, () => {
    createdAt -= random() ** 6 * 3 * 86_400_000;
    const isExtreme = random() < 0.03;
    const side = () => Math.ceil((isExtreme ? random() ** 8 : 0.5 + random() / 2) * 2000);
    return { width: side(), height: side(), createdAt };
  });
}

type Tile = { left: number; right: number; width: number; height: number; top: number; row: number };

function tilesOf(layout: Layout): Tile[] {
  const tiles: Tile[] = [];
  for (let row = 0; row < layout.rows; row += 1) {
    for (let at = layout.rowFirst[row] ?? 0; at < (layout.rowFirst[row + 1] ?? 0); at += 1) {
      const left = layout.left[at] ?? Number.NaN;
      const width = layout.width[at] ?? Number.NaN;
      tiles.push({
        ...{ left, width, right: left + width, row },
        height: layout.rowHeight[row] ?? Number.NaN,
        top: layout.rowTop[row] ?? Number.NaN,
      });
    }
  }
  return tiles;
}

describe.each([1, 2, 3, 4])('a random gallery (seed %i)', (seed) => {
  const pictures = manyPictures(seed, 400);
  const index = indexOf(pictures);
  const layouts = (['day', 'month', 'none'] as const).flatMap((grouping) =>
    [280, 1016, 1857].map((width) => layOut(index, { ...options, grouping, width, rowHeight: 90 * seed })),
  );

  test.each(layouts)('places every picture once, in order, inside the width', (layout) => {
    const tiles = tilesOf(layout);
    expect(tiles).toHaveLength(pictures.length);
    for (const tile of tiles) {
      expect(tile.width).toBeGreaterThan(0);
      expect(tile.left).toBeGreaterThanOrEqual(0);
      expect(tile.right).toBeLessThanOrEqual(layout.options.width);
    }
  });

  test.each(layouts)('separates pictures and rows by exactly the gaps', (layout) => {
    const tiles = tilesOf(layout);
    for (const [at, tile] of tiles.entries()) {
      const before = tiles[at - 1];
      if (before?.row === tile.row) expect(tile.left - before.right).toBe(layout.options.gap);
      else expect(tile.left).toBe(0);
    }
    const { gap, sectionGap, headHeight, grouping } = layout.options;
    for (let row = 1; row < layout.rows; row += 1) {
      const end = (layout.rowTop[row - 1] ?? 0) + (layout.rowHeight[row - 1] ?? 0);
      const isSame = layout.rowSection[row] === layout.rowSection[row - 1];
      const between = isSame ? gap : sectionGap + (grouping === 'none' ? 0 : headHeight);
      expect((layout.rowTop[row] ?? 0) - end).toBe(between);
    }
    expect(tiles.at(-1)?.top).toBe(layout.height - (tiles.at(-1)?.height ?? 0));
  });

  test.each(layouts)(
    'ends rows flush, except the last of a section, which is at most the target height',
    (layout) => {
      for (let row = 0; row < layout.rows; row += 1) {
        const last = (layout.rowFirst[row + 1] ?? 0) - 1;
        const end = (layout.left[last] ?? 0) + (layout.width[last] ?? 0);
        const isLast = row + 1 === layout.rows || layout.rowSection[row + 1] !== layout.rowSection[row];
        if (end === layout.options.width) continue;
        expect(isLast, `row ${row}`).toBe(true);
        expect(layout.rowHeight[row]).toBeLessThanOrEqual(layout.options.rowHeight);
      }
    },
  );

  test.each(layouts)('keeps ratios up to the rounding of edges', (layout) => {
    for (const [at, { width, height }] of tilesOf(layout).entries()) {
      const ratio = shownRatio(pictures[at]?.width ?? 0, pictures[at]?.height ?? 0);
      // Rounding changes the row's height by up to half a pixel, and each edge by as much.
      expect(Math.abs(width - height * ratio)).toBeLessThanOrEqual(1 + ratio / 2 + 0.001);
    }
  });

  test.each(layouts)('makes each section a different calendar day or month', (layout) => {
    const starts = [...layout.sectionStart.subarray(0, layout.sections)];
    expect(new Set(starts).size).toBe(starts.length);
    for (const { row } of tilesOf(layout)) {
      const at = layout.rowFirst[row] ?? 0;
      const start = starts[layout.rowSection[row] ?? -1];
      expect(sectionAround(pictures[at]?.createdAt ?? 0, layout.options.grouping).start).toBe(start);
    }
  });

  test.each(layouts)('finds the row at a given height and the row of a given picture', (layout) => {
    for (const [at, { row, top, height }] of tilesOf(layout).entries()) {
      expect(rowOfPicture(layout, at)).toBe(row);
      expect([rowAtHeight(layout, top), rowAtHeight(layout, top + height - 1)]).toEqual([row, row]);
    }
  });

  test.each([1, 7, 200, 399])(
    'gives the same layout when it grows from %i pictures as when laid out at once',
    (first) => {
      const whole = layOut(index, options);
      let grown = indexOf(pictures.slice(0, first));
      let layout = layOut(grown, options);
      for (let from = first; from < pictures.length; from += 90) {
        grown = indexOf(pictures.slice(from, from + 90), grown);
        layout = layOut(grown, options, layout);
      }
      expect(tilesOf(layout)).toEqual(tilesOf(whole));
      expect([layout.rows, layout.sections, layout.height]).toEqual([
        whole.rows,
        whole.sections,
        whole.height,
      ]);
    },
  );

  test.each(layouts)('renders all visible rows and at most the maximum number of tiles', (layout) => {
    for (let top = 0; top < layout.height; top += layout.height / 15) {
      for (const direction of [1, -1] as const) {
        const { first, last } = rowsToShow(layout, top, top + 600, direction);
        const seen = { first: rowAtHeight(layout, top), last: rowAtHeight(layout, top + 600) };
        expect(first).toBeLessThanOrEqual(seen.first);
        expect(last).toBeGreaterThanOrEqual(seen.last);
        const tiles = (from: number, to: number) =>
          (layout.rowFirst[to + 1] ?? 0) - (layout.rowFirst[from] ?? 0);
        expect(tiles(first, last)).toBeLessThanOrEqual(
          Math.max(maxTilesInPage, tiles(seen.first, seen.last)),
        );
      }
    }
  });
});

test('gives an empty index no height and no rows', () => {
  const layout = layOut(emptyIndex(), options);
  expect([layout.rows, layout.sections, layout.height]).toEqual([0, 0, 0]);
  expect(rowsToShow(layout, 0, 600, 1)).toEqual({ first: 0, last: -1 });
});

test.each([
  [1, 5000, minRatio],
  [5000, 1, maxRatio],
  [16, 9, 16 / 9],
  [0, 0, 1],
])('shows %i × %i at the ratio %f', (width, height, ratio) => {
  expect(shownRatio(width, height)).toBe(ratio);
});

describe('dates out of order, as after a wrong clock', () => {
  const noon = new Date(2026, 10, 28, 12).getTime();
  const day = 86_400_000;
  /** In the order in which they were made, the last one first. */
  const dates = [noon, noon - 9 * day, noon, noon + 40 * day, noon - 9 * day, noon, noon - day];
  const pictures = dates.map((createdAt) => ({ width: 3, height: 2, createdAt }));
  const startOf = (createdAt: number) => sectionAround(createdAt, 'day').start;

  test('a day that comes again is a section again, each with its own key', () => {
    const layout = layOut(indexOf(pictures), options);
    expect([...layout.sectionStart.subarray(0, layout.sections)]).toEqual(dates.map(startOf));
    expect([...layout.rowFirst.subarray(0, layout.rows)]).toEqual(dates.map((_, at) => at));
    const keys = dates.map((_, section) => sectionKey(layout, section));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('sections keep their keys while the order is loading', () => {
    const first = layOut(indexOf(pictures.slice(0, 3)), options);
    const keys = [0, 1, 2].map((section) => sectionKey(first, section));
    const whole = layOut(indexOf(pictures), options);
    expect([0, 1, 2].map((section) => sectionKey(whole, section))).toEqual(keys);
  });

  test('gives the same layout when it grows as when laid out at once', () => {
    const whole = layOut(indexOf(pictures), options);
    let index = emptyIndex();
    let layout = layOut(index, options);
    for (const one of pictures) {
      index = indexOf([one], index);
      layout = layOut(index, options, layout);
    }
    expect(tilesOf(layout)).toEqual(tilesOf(whole));
    expect([layout.sections, layout.height]).toEqual([whole.sections, whole.height]);
  });

  test('months fall into sections in the order of the pictures', () => {
    const layout = layOut(indexOf(pictures), { ...options, grouping: 'month' });
    const months = [...layout.sectionStart.subarray(0, layout.sections)].map((at) => new Date(at).getMonth());
    expect(months).toEqual([10, 0, 10]);
  });
});

describe('days where clocks change', () => {
  beforeEach(() => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    return () => vi.unstubAllEnvs();
  });

  test.each([
    ['29 March 2026 has 23 hours', Date.UTC(2026, 2, 28, 23), 23],
    ['25 October 2026 has 25 hours', Date.UTC(2026, 9, 24, 22), 25],
  ])('%s', (_name, start, hours) => {
    const end = start + hours * 3_600_000;
    const moments = [end, end - 1, start + 3 * 3_600_000, start, start - 1];
    const layout = layOut(indexOf(moments.map((createdAt) => ({ width: 3, height: 2, createdAt }))), options);
    expect([...layout.sectionStart.subarray(0, layout.sections)]).toEqual([
      end,
      start,
      start - 24 * 3_600_000,
    ]);
    expect([...layout.rowFirst.subarray(0, layout.rows + 1)]).toEqual([0, 1, 4, 5]);
  });
});
