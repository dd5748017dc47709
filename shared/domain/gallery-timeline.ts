// The data of the gallery's timeline: all pictures in order, as columns, and their number per month.
import { z } from 'zod';

/** Number of pictures in the first chunk: more than fit into the window, and fast to read. */
export const firstChunk = 100;
/** Number of pictures in every other chunk. The reader's thread reads them in about 20 ms. */
export const nextChunk = 10_000;
/** Maximum number of pictures in one request for tiles. */
export const maxTiles = 400;

/**
 * A place in the gallery's order, in decimal digits, because it exceeds Number.MAX_SAFE_INTEGER. It never changes, and must
 * not be read as a time.
 */
const positionSchema = z.string().regex(/^\d{1,19}$/);

/** The last picture of a chunk, after which the next one starts. */
export const galleryCursorSchema = z.strictObject({
  position: positionSchema,
  /** The first sort key, such as the size; null if the query sorts by position only. */
  key: z.union([z.number(), z.string().max(200)]).nullable(),
});
export type GalleryCursor = z.infer<typeof galleryCursorSchema>;

/** Pictures in order, as columns, because IPC copies typed arrays without serializing them. */
export type GalleryChunk = {
  /** 16 bytes per picture. */
  ids: Uint8Array;
  /** Pixels. */
  widths: Uint32Array;
  heights: Uint32Array;
  /** UTC milliseconds. Only for display: `positions` has the order. */
  createdAt: Float64Array;
  /** The place of each picture in the gallery: higher is newer. */
  positions: BigInt64Array;
  /** The first 3 bytes of each ThumbHash, which are the picture's average colour; zeros if there is none. */
  colours: Uint8Array;
  /**
   * The stacks of near duplicates whose top pictures are in this chunk: all ids of each, the top one first. The other
   * pictures are in no chunk. Empty unless stacks are requested.
   */
  stacks: string[][];
  /** Null for the last chunk. */
  next: GalleryCursor | null;
};

/** The number of pictures in a month. `start`: its start in local time, in UTC milliseconds. */
export type MonthCount = { start: number; count: number };
