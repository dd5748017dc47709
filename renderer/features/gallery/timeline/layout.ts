// The gallery's layout: justified rows under dates, as typed arrays.
import type { PictureIndex } from '../../../state/gallery/picture-index';
import { shownRatio } from '../../../ui/shown-ratio';
import { type Grouping, sectionAround } from './sections';

export type LayoutOptions = {
  /** All lengths are in CSS pixels. */
  width: number;
  /** The target height of a row. */
  rowHeight: number;
  gap: number;
  /** The height of a date; unused without grouping. */
  headHeight: number;
  sectionGap: number;
  grouping: Grouping;
};

/** The arrays may be longer than the part in use, which the counts give. */
export type Layout = {
  options: LayoutOptions;
  /** The revision of the index. */
  revision: object;
  pictures: number;
  rows: number;
  sections: number;
  height: number;
  /** One entry per picture. `left` is the distance from the start of the row, which is its right end in a right-to-left page. */
  left: Float32Array;
  width: Float32Array;
  /** One entry per row. `rowFirst` has one more, the end of the last row. */
  rowTop: Float64Array;
  rowHeight: Float32Array;
  rowFirst: Int32Array;
  rowSection: Int32Array;
  /**
   * One entry per section: the top of its date, its start (UTC milliseconds), its first row. Starts may repeat and be
   * out of order, as the dates of pictures may.
   */
  sectionTop: Float64Array;
  sectionStart: Float64Array;
  sectionRow: Int32Array;
};

/**
 * Lays out all pictures. Given the previous layout of an index that has only grown at its end, reuses and changes that
 * layout's arrays, and lays out only its last section and the new pictures.
 */
export function layOut(index: PictureIndex, options: LayoutOptions, previous: Layout | null = null): Layout {
  const layout = start(index, options, previous);
  let section = { start: Number.NaN, end: Number.NaN };
  let y = layout.height;
  let at = layout.pictures;
  while (at < index.length) {
    section = sectionAround(index.createdAt[at] ?? 0, options.grouping);
    if (layout.sections > 0) y += options.sectionGap;
    layout.sectionTop[layout.sections] = y;
    layout.sectionStart[layout.sections] = section.start;
    layout.sectionRow[layout.sections] = layout.rows;
    if (options.grouping !== 'none') y += options.headHeight;
    let end = at + 1;
    while (end < index.length && isWithin(index.createdAt[end] ?? 0, section)) end += 1;
    y = layRows(index, layout, at, end, y);
    layout.sections += 1;
    at = end;
  }
  layout.pictures = index.length;
  layout.rowFirst[layout.rows] = index.length;
  layout.height = y;
  return layout;
}

/** Returns a key that no other section has, because a day or month may come again. */
export function sectionKey({ sectionStart }: Layout, section: number): string {
  const start = sectionStart[section];
  let earlier = 0;
  for (let at = 0; at < section; at += 1) if (sectionStart[at] === start) earlier += 1;
  return `${start} ${earlier}`;
}

function isWithin(at: number, { start, end }: { start: number; end: number }): boolean {
  return at >= start && at < end;
}

/** Fills rows with the pictures of one section. @returns the bottom of the last row. */
function layRows(index: PictureIndex, layout: Layout, from: number, to: number, top: number): number {
  const { width, rowHeight, gap } = layout.options;
  let y = top;
  let first = from;
  let ratios = 0;
  const heightOf = (count: number, sum: number) => (width - gap * (count - 1)) / sum;
  for (let at = from; at < to; at += 1) {
    const ratio = ratioAt(index, at);
    const count = at - first + 1;
    const height = heightOf(count, ratios + ratio);
    if (height > rowHeight) {
      ratios += ratio;
      continue;
    }
    // The row is full with this picture. Without it, the row may be closer to the target height.
    const without = count > 1 ? heightOf(count - 1, ratios) : Number.POSITIVE_INFINITY;
    if (without - rowHeight < rowHeight - height) {
      y = layRow(index, layout, first, at, y, without) + gap;
      first = at;
      ratios = ratio;
      if (heightOf(1, ratio) > rowHeight) continue;
    } else {
      ratios += ratio;
    }
    y = layRow(index, layout, first, at + 1, y, heightOf(at + 1 - first, ratios)) + gap;
    first = at + 1;
    ratios = 0;
  }
  // The last row keeps the target height instead of filling the width.
  if (first < to) {
    y = layRow(index, layout, first, to, y, Math.min(rowHeight, heightOf(to - first, ratios))) + gap;
  }
  return y - gap;
}

/** Rounds edges to whole pixels, so that nothing is blurred and rows end flush. @returns the bottom of the row. */
function layRow(
  index: PictureIndex,
  layout: Layout,
  from: number,
  to: number,
  top: number,
  exactHeight: number,
): number {
  const height = Math.max(1, Math.round(exactHeight));
  let sum = 0;
  let left = 0;
  for (let at = from; at < to; at += 1) {
    sum += ratioAt(index, at);
    const right = Math.round(exactHeight * sum) + (at - from) * layout.options.gap;
    layout.left[at] = left;
    layout.width[at] = Math.max(1, right - left);
    left = right + layout.options.gap;
  }
  layout.rowTop[layout.rows] = top;
  layout.rowHeight[layout.rows] = height;
  layout.rowFirst[layout.rows] = from;
  layout.rowSection[layout.rows] = layout.sections;
  layout.rows += 1;
  return top + height;
}

function ratioAt({ widths, heights }: PictureIndex, at: number): number {
  return shownRatio(widths[at] ?? 1, heights[at] ?? 1);
}

/** Returns a layout with capacity for the index: an empty one, or the previous one without its last section. */
function start(index: PictureIndex, options: LayoutOptions, previous: Layout | null): Layout {
  const { revision, length } = index;
  if (
    !previous ||
    previous.sections === 0 ||
    previous.revision !== revision ||
    previous.options !== options ||
    previous.pictures > length
  ) {
    return {
      ...{ options, revision, pictures: 0, rows: 0, sections: 0, height: 0 },
      left: new Float32Array(length),
      width: new Float32Array(length),
      rowTop: new Float64Array(length),
      rowHeight: new Float32Array(length),
      rowFirst: new Int32Array(length + 1),
      rowSection: new Int32Array(length),
      sectionTop: new Float64Array(length),
      sectionStart: new Float64Array(length),
      sectionRow: new Int32Array(length),
    };
  }
  const sections = previous.sections - 1;
  const rows = previous.sectionRow[sections] ?? 0;
  return {
    ...grown(previous, length),
    pictures: previous.rowFirst[rows] ?? 0,
    rows,
    sections,
    height: sections === 0 ? 0 : (previous.sectionTop[sections] ?? 0) - options.sectionGap,
  };
}

/** Doubles the arrays when needed, so that growing in chunks copies each number only a few times. */
function grown(layout: Layout, pictures: number): Layout {
  if (layout.left.length >= pictures) return layout;
  const capacity = Math.max(pictures, layout.left.length * 2);
  const float32 = (column: Float32Array) => filled(new Float32Array(capacity), column);
  const float64 = (column: Float64Array) => filled(new Float64Array(capacity), column);
  const int32 = (column: Int32Array) => filled(new Int32Array(capacity + 1), column);
  return {
    ...layout,
    left: float32(layout.left),
    width: float32(layout.width),
    rowTop: float64(layout.rowTop),
    rowHeight: float32(layout.rowHeight),
    rowFirst: int32(layout.rowFirst),
    rowSection: int32(layout.rowSection),
    sectionTop: float64(layout.sectionTop),
    sectionStart: float64(layout.sectionStart),
    sectionRow: int32(layout.sectionRow),
  };
}

function filled<Column extends Float32Array | Float64Array | Int32Array>(
  column: Column,
  from: Column,
): Column {
  column.set(from);
  return column;
}
