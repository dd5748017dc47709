// Fills shapes in a mask with smooth edges: brush strokes, rectangles, and outlines drawn by hand.
import { type Box, clipped, type Mask, type Point } from './mask';

/** Adds to the mask, or removes from it. */
export type Paint = 'mark' | 'unmark';

/** Scan lines per row of pixels: enough for smooth edges. */
const linesPerRow = 4;

/** Calls `add` for each part of a horizontal line that is inside the shape. */
type Spans = (y: number, add: (from: number, to: number) => void) => void;

/** Pixels that a shape may touch. */
export type Shape = { box: Box; spans: Spans };

/** One end of a piece of a stroke, in pixels of the picture. The brush may change its size on the way. */
export type Dab = Point & { radius: number };

/** Returns the area that a round brush covers between two points: the convex hull of two circles. */
export function strokeShape(from: Dab, to: Dab): Shape {
  const corners = tangentCorners(from, to);
  let left = 0;
  let right = 0;
  const reach = (x: number) => {
    if (x < left) left = x;
    if (x > right) right = x;
  };
  const reachCircle = ({ x, y: centre, radius }: Dab, y: number) => {
    const half = radius * radius - (y - centre) * (y - centre);
    if (half <= 0) return;
    reach(x - Math.sqrt(half));
    reach(x + Math.sqrt(half));
  };
  return {
    box: {
      left: Math.floor(Math.min(from.x - from.radius, to.x - to.radius)),
      top: Math.floor(Math.min(from.y - from.radius, to.y - to.radius)),
      right: Math.ceil(Math.max(from.x + from.radius, to.x + to.radius)),
      bottom: Math.ceil(Math.max(from.y + from.radius, to.y + to.radius)),
    },
    spans(y, add) {
      left = Number.POSITIVE_INFINITY;
      right = Number.NEGATIVE_INFINITY;
      reachCircle(from, y);
      reachCircle(to, y);
      forEachCrossing(corners, y, reach);
      if (left < right) add(left, right);
    },
  };
}

/** Returns the four points where common tangents touch the circles; none if one circle contains the other. */
function tangentCorners(from: Dab, to: Dab): Point[] {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const along = (from.radius - to.radius) / distance;
  if (!(Math.abs(along) < 1)) return [];
  const across = Math.sqrt(1 - along * along);
  const [ux, uy] = [(to.x - from.x) / distance, (to.y - from.y) / distance];
  const touching = ({ x, y, radius }: Dab, side: number): Point => ({
    x: x + radius * (ux * along - uy * across * side),
    y: y + radius * (uy * along + ux * across * side),
  });
  return [touching(from, 1), touching(to, 1), touching(to, -1), touching(from, -1)];
}

export function rectangleShape(a: Point, b: Point): Shape {
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  return {
    box: {
      left: Math.floor(left),
      top: Math.floor(top),
      right: Math.ceil(right),
      bottom: Math.ceil(bottom),
    },
    spans: (y, add) => y >= top && y < bottom && left < right && add(left, right),
  };
}

/** Returns the inside of a hand-drawn outline, closed by a straight line. If it crosses itself, both loops are inside. */
export function outlineShape(points: readonly Point[]): Shape {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return {
    box: {
      left: Math.floor(least(xs)),
      top: Math.floor(least(ys)),
      right: Math.ceil(most(xs)),
      bottom: Math.ceil(most(ys)),
    },
    spans(y, add) {
      const crossings: { x: number; turn: number }[] = [];
      forEachCrossing(points, y, (x, turn) => crossings.push({ x, turn }));
      crossings.sort((a, b) => a.x - b.x);
      let [turns, start] = [0, 0];
      for (const { x, turn } of crossings) {
        if (turns === 0) start = x;
        turns += turn;
        if (turns === 0 && x > start) add(start, x);
      }
    },
  };
}

/** @param use called with the direction of the closed outline at each crossing: down (1) or up (-1). */
function forEachCrossing(points: readonly Point[], y: number, use: (x: number, turn: 1 | -1) => void): void {
  let from = points.at(-1);
  // An index loop, because an iterator would be allocated for each line of each piece of a stroke.
  for (let at = 0; at < points.length; at += 1) {
    const to = points[at];
    if (from && to && from.y <= y !== to.y <= y)
      use(from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x), from.y <= y ? 1 : -1);
    from = to;
  }
}

let covered = new Float32Array(0);
/** The changed pixels of a row; `rowTo` is exclusive. Variables, to avoid allocating a result for each row. */
let rowFrom = 0;
let rowTo = 0;

/**
 * Fills a shape. Where shapes overlap, the stronger one counts, so that a stroke has no seams.
 *
 * @returns the smallest box around the pixels that changed, or null. In a stroke, that is the front of the brush.
 */
export function fillShape(mask: Mask, { box, spans }: Shape, paint: Paint): Box | null {
  const { left, top, right, bottom } = clipped(mask, box);
  if (left >= right) return null;
  const full = paint === 'mark' ? 255 : 0;
  const found: Box = { left: right, top: bottom, right: left, bottom: top };
  if (covered.length < mask.width + 2) covered = new Float32Array(mask.width + 2);
  const changes = covered;
  const width = right - left;
  const weight = 255 / linesPerRow;
  /** All edges are between `first` and `last`. Between `inside` and `outside` there are none, and most pixels are there. */
  let first = width;
  let inside = 0;
  let outside = width;
  let last = 0;
  const addSpan = (from: number, to: number) => {
    const start = Math.min(right, Math.max(left, from)) - left;
    const end = Math.min(right, Math.max(left, to)) - left;
    addEdge(changes, start, weight);
    addEdge(changes, end, -weight);
    first = Math.min(first, Math.floor(start));
    inside = Math.max(inside, Math.floor(start) + 2);
    outside = Math.min(outside, Math.floor(end));
    last = Math.max(last, Math.min(width, Math.floor(end) + 2));
  };
  for (let y = top; y < bottom; y += 1) {
    first = width;
    inside = 0;
    outside = width;
    last = 0;
    rowFrom = width;
    rowTo = 0;
    for (let line = 0; line < linesPerRow; line += 1) spans(y + (line + 0.5) / linesPerRow, addSpan);
    const row = y * mask.width + left;
    if (inside < outside) {
      const amount = blend(mask.bytes, row, changes, first, inside, 0, paint);
      if (strength(amount) >= 255) fillRun(mask.bytes, row, inside, outside, full);
      else blend(mask.bytes, row, changes, inside, outside, amount, paint);
      blend(mask.bytes, row, changes, outside, last, amount, paint);
    } else blend(mask.bytes, row, changes, first, last, 0, paint);
    if (rowFrom < rowTo) {
      found.left = Math.min(found.left, left + rowFrom);
      found.right = Math.max(found.right, left + rowTo);
      found.top = Math.min(found.top, y);
      found.bottom = y + 1;
    }
    changes.fill(0, first, last);
    // Clears an edge at the end of the row.
    changes.fill(0, width, width + 2);
  }
  return found.left < found.right ? found : null;
}

/** Records a change of the coverage at `x`: partial in its pixel, full from the next one on. */
function addEdge(changes: Float32Array, x: number, by: number): void {
  const pixel = Math.floor(x);
  const part = x - pixel;
  changes[pixel] = (changes[pixel] ?? 0) + by * (1 - part);
  changes[pixel + 1] = (changes[pixel + 1] ?? 0) + by * part;
}

function strength(amount: number): number {
  return (amount + 0.5) | 0;
}

/** Paints the pixels `from` to `to` of a row that begins at `row`. @returns the coverage of the last one. */
function blend(
  bytes: Uint8Array,
  row: number,
  changes: Float32Array,
  from: number,
  to: number,
  amountBefore: number,
  paint: Paint,
): number {
  let amount = amountBefore;
  let [changedFrom, changedTo] = [rowFrom, rowTo];
  for (let x = from; x < to; x += 1) {
    amount += changes[x] ?? 0;
    const value = Math.min(255, strength(amount));
    if (value <= 0) continue;
    const before = bytes[row + x] ?? 0;
    if (paint === 'mark' ? value <= before : 255 - value >= before) continue;
    bytes[row + x] = paint === 'mark' ? value : 255 - value;
    if (x < changedFrom) changedFrom = x;
    if (x >= changedTo) changedTo = x + 1;
  }
  rowFrom = changedFrom;
  rowTo = changedTo;
  return amount;
}

/** Sets the pixels `from` to `to` of a row to one value. In a stroke, most of them already have it. */
function fillRun(bytes: Uint8Array, row: number, from: number, to: number, value: number): void {
  let [start, end] = [from, to];
  while (start < end && bytes[row + start] === value) start += 1;
  while (start < end && bytes[row + end - 1] === value) end -= 1;
  if (start >= end) return;
  bytes.fill(value, row + start, row + end);
  rowFrom = Math.min(rowFrom, start);
  rowTo = Math.max(rowTo, end);
}
