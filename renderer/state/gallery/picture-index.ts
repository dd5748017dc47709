// The order of all pictures as typed columns: a hundred thousand take 4.3 megabytes and no objects.
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import type { GalleryChunk } from '../../../shared/domain/gallery-timeline';
import type { GalleryImage } from '../../../shared/domain/pictures';

type Columns = Omit<GalleryChunk, 'stacks' | 'next'>;

export type PictureIndex = Columns & {
  length: number;
  /** A new object whenever anything but the end has changed. */
  revision: object;
};

export function emptyIndex(): PictureIndex {
  return { ...emptyColumns(0), length: 0, revision: {} };
}

function emptyColumns(room: number): Columns {
  return {
    ids: new Uint8Array(room * 16),
    widths: new Uint32Array(room),
    heights: new Uint32Array(room),
    createdAt: new Float64Array(room),
    positions: new BigInt64Array(room),
    colours: new Uint8Array(room * 3),
  };
}

/** Copies columns into other columns, starting at an index. */
function put(into: Columns, at: number, columns: Columns): void {
  into.ids.set(columns.ids, at * 16);
  into.widths.set(columns.widths, at);
  into.heights.set(columns.heights, at);
  into.createdAt.set(columns.createdAt, at);
  into.positions.set(columns.positions, at);
  into.colours.set(columns.colours, at * 3);
}

function part(columns: Columns, from: number, to: number): Columns {
  return {
    ids: columns.ids.subarray(from * 16, to * 16),
    widths: columns.widths.subarray(from, to),
    heights: columns.heights.subarray(from, to),
    createdAt: columns.createdAt.subarray(from, to),
    positions: columns.positions.subarray(from, to),
    colours: columns.colours.subarray(from * 3, to * 3),
  };
}

/** Appends a chunk. Full columns double in size, so that each number is copied only a few times. */
export function append(index: PictureIndex, chunk: Columns): PictureIndex {
  const length = index.length + chunk.createdAt.length;
  let columns: Columns = index;
  if (index.createdAt.length < length) {
    columns = emptyColumns(Math.max(length, index.createdAt.length * 2));
    put(columns, 0, part(index, 0, index.length));
  }
  put(columns, index.length, chunk);
  return { ...columns, length, revision: index.revision };
}

/** As `insertAll`, for one picture. */
export function insert(index: PictureIndex, image: GalleryImage, sort: GalleryQuery['sort']): PictureIndex {
  return insertAll(index, [image], sort);
}

/**
 * Inserts pictures at their places in the order, copying the columns once.
 *
 * @returns the same index if it already contains all of them.
 */
export function insertAll(
  index: PictureIndex,
  images: readonly GalleryImage[],
  sort: GalleryQuery['sort'],
): PictureIndex {
  const added = inOrder(
    images.filter(({ id }) => positionOf(index, id) < 0),
    sort,
  );
  if (added.length === 0) return index;
  const columns = emptyColumns(index.length + added.length);
  let from = 0;
  for (let before = 0; before < added.length; before += 1) {
    const one = part(added, before, before + 1);
    const at = placeFor(index, one, sort);
    put(columns, from + before, part(index, from, at));
    put(columns, at + before, one);
    from = at;
  }
  put(columns, from + added.length, part(index, from, index.length));
  return { ...columns, length: index.length + added.length, revision: {} };
}

/** Returns an index of only these pictures, each once. */
function inOrder(images: readonly GalleryImage[], sort: GalleryQuery['sort']): PictureIndex {
  const [first, ...others] = images;
  if (!first) return emptyIndex();
  const one = append(emptyIndex(), columnsOf(first));
  return others.reduce((index, image) => insertAll(index, [image], sort), one);
}

/** Removes pictures. @returns the same index if none of them was in it. */
export function without(index: PictureIndex, ids: readonly string[]): PictureIndex {
  const gone = placesOf(index, ids);
  if (gone.length === 0) return index;
  const columns = emptyColumns(index.length - gone.length);
  let from = 0;
  for (const [before, at] of [...gone, index.length].entries()) {
    put(columns, from - before, part(index, from, at));
    from = at + 1;
  }
  return { ...columns, length: index.length - gone.length, revision: {} };
}

/** Returns the id of the picture at an index; undefined beyond the end. */
export function idAt(index: PictureIndex, at: number): string | undefined {
  return idsBetween(index, at, at)[0];
}

const idLength = 36;
const hyphen = 45;
/** The bytes of an id that have a hyphen before them in its text. */
const groupStarts: readonly number[] = [4, 6, 8, 10];
const digits = new TextEncoder().encode('0123456789abcdef');
const ascii = new TextDecoder();
/** Number of ids that are formatted as one string, which each of them keeps in memory. */
const formattedAtOnce = 1000;

/** Returns the ids from `from` up to, but without, `end`. Both are valid indexes. */
function formatIds({ ids }: PictureIndex, from: number, end: number): string[] {
  const text = new Uint8Array((end - from) * idLength);
  let written = 0;
  const write = (character: number) => {
    text[written] = character;
    written += 1;
  };
  for (let at = from; at < end; at += 1) {
    for (let byte = 0; byte < 16; byte += 1) {
      if (groupStarts.includes(byte)) write(hyphen);
      const value = ids[at * 16 + byte] ?? 0;
      write(digits[value >> 4] ?? 0);
      write(digits[value & 15] ?? 0);
    }
  }
  const decoded = ascii.decode(text);
  return Array.from({ length: end - from }, (_, at) => decoded.slice(at * idLength, (at + 1) * idLength));
}

/** Returns a picture's index in the order, or -1. A linear scan takes a millisecond for a million pictures. */
export function positionOf({ ids, length }: PictureIndex, id: string): number {
  const [a, b, c, d] = new Uint32Array(bytesOf(id).buffer);
  const words = new Uint32Array(ids.buffer, ids.byteOffset, length * 4);
  for (let at = 0; at < words.length; at += 4) {
    if (words[at + 3] === d && words[at] === a && words[at + 1] === b && words[at + 2] === c) return at / 4;
  }
  return -1;
}

/** A position among pictures, counted from 1. `hidden`: further ones that it does not count, under the top ones of stacks. */
export type Position = { at: number; of: number; hidden?: number };

/** The ids of the adjacent pictures, undefined if there are none, and the position, null while unknown. */
export type Neighbours = {
  previous: string | undefined;
  next: string | undefined;
  position: Position | null;
};

export const noNeighbours: Neighbours = { previous: undefined, next: undefined, position: null };

/**
 * Returns the neighbours of a picture. One that the query does not match, such as the origin of an edit, has none.
 *
 * @param isComplete whether the index has the whole order.
 * @param hidden the number of pictures in stacks that are not in the index.
 */
export function neighboursOf(index: PictureIndex, id: string, isComplete: boolean, hidden = 0): Neighbours {
  const at = positionOf(index, id);
  if (at < 0) return noNeighbours;
  return {
    previous: idAt(index, at - 1),
    next: idAt(index, at + 1),
    position: isComplete ? { at: at + 1, of: index.length, ...(hidden > 0 && { hidden }) } : null,
  };
}

/** Returns the ids from one index to another, inclusive, without indexes beyond the ends. */
export function idsBetween(index: PictureIndex, from: number, to: number): string[] {
  const ids: string[] = [];
  const end = Math.min(to + 1, index.length);
  for (let at = Math.max(0, from); at < end; at += formattedAtOnce) {
    for (const id of formatIds(index, at, Math.min(at + formattedAtOnce, end))) ids.push(id);
  }
  return ids;
}

/** Returns these pictures in the index's order, without those that are not in it. */
export function inOrderOf(index: PictureIndex, ids: ReadonlySet<string>): string[] {
  // For many ids, formatting all of them is faster than searching each one.
  if (ids.size * 4 > index.length) {
    return idsBetween(index, 0, index.length - 1).filter((id) => ids.has(id));
  }
  return placesOf(index, [...ids]).flatMap((at) => idAt(index, at) ?? []);
}

/** Maximum number of ids that are searched one by one. More are searched in a single scan. */
const maxSeparateScans = 16;

/** Returns the sorted indexes of those pictures that are in the order. */
function placesOf(index: PictureIndex, ids: readonly string[]): number[] {
  if (ids.length <= maxSeparateScans) {
    const places = ids.map((id) => positionOf(index, id)).filter((at) => at >= 0);
    return places.toSorted((a, b) => a - b);
  }
  const wanted = new Set(ids);
  // The end of a UUIDv7 is random, so few ids share it, and only these are formatted and compared.
  const ends = new Set(ids.map((id) => new Uint32Array(bytesOf(id).buffer)[3]));
  const words = new Uint32Array(index.ids.buffer, index.ids.byteOffset, index.length * 4);
  const places: number[] = [];
  for (let at = 0; at < index.length; at += 1) {
    if (ends.has(words[at * 4 + 3]) && wanted.has(idAt(index, at) ?? '')) places.push(at);
  }
  return places;
}

/** Returns the picture's average colour for CSS, from its ThumbHash; undefined if it has none. */
export function colourAt({ colours }: PictureIndex, at: number): string | undefined {
  // The header of https://evanw.github.io/thumbhash/: luminance and two differences of colour, 6 bits each.
  const header =
    (colours[at * 3] ?? 0) | ((colours[at * 3 + 1] ?? 0) << 8) | ((colours[at * 3 + 2] ?? 0) << 16);
  if (header === 0) return undefined;
  const l = (header & 63) / 63;
  const p = ((header >> 6) & 63) / 31.5 - 1;
  const q = ((header >> 12) & 63) / 31.5 - 1;
  const blue = l - (2 / 3) * p;
  const red = (3 * l - blue + q) / 2;
  const green = red - q;
  const level = (part: number) => Math.round(255 * Math.min(1, Math.max(0, part)));
  return `rgb(${level(red)} ${level(green)} ${level(blue)})`;
}

function bytesOf(id: string): Uint8Array<ArrayBuffer> {
  const hex = id.replaceAll('-', '');
  const bytes = new Uint8Array(16);
  for (let at = 0; at < 16; at += 1) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

function columnsOf({ id, width, height, createdAt, position, thumbhash }: GalleryImage): Columns {
  const colours = new Uint8Array(3);
  for (let at = 0; at < 3; at += 1) colours[at] = atob(thumbhash).charCodeAt(at) || 0;
  return {
    ids: bytesOf(id),
    widths: Uint32Array.of(width),
    heights: Uint32Array.of(height),
    createdAt: Float64Array.of(createdAt),
    positions: BigInt64Array.of(BigInt(position)),
    colours,
  };
}

/** Uses the order of electron/main/db/gallery-order.ts, except by model, which is not in the columns. */
function placeFor(index: PictureIndex, one: Columns, sort: GalleryQuery['sort']): number {
  const sign = sort === 'oldest' || sort === 'smallest' ? 1 : -1;
  const isBySize = sort === 'largest' || sort === 'smallest';
  const sizeAt = (columns: Columns, at: number) => (columns.widths[at] ?? 0) * (columns.heights[at] ?? 0);
  const compare = (at: number): number => {
    const bySize = isBySize ? sizeAt(index, at) - sizeAt(one, 0) : 0;
    return sign * (bySize || ((index.positions[at] ?? 0n) < (one.positions[0] ?? 0n) ? -1 : 1));
  };
  let low = 0;
  let high = index.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(middle) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
