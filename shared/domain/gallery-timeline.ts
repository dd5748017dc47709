// What the gallery's timeline is drawn from: the order of all pictures as plain columns, and how many each month has.
import { z } from 'zod';

/** Pictures of the first chunk: more than a screen holds, and there at once. */
export const firstChunk = 100;
/** Pictures of every other chunk: the main process reads these in about 10 ms. */
export const nextChunk = 10_000;
/** Most pictures that are described at once. */
export const maxTiles = 400;

/** Where a chunk ended, so that the next one begins behind it. `key` is what the query sorts by. */
export const galleryCursorSchema = z.strictObject({
  key: z.union([z.number(), z.string().max(200)]),
  /** UTC milliseconds. */
  createdAt: z.number(),
  id: z.uuid(),
});
export type GalleryCursor = z.infer<typeof galleryCursorSchema>;

/** Pictures in their order, a column each: typed arrays cross between processes as they are. */
export type GalleryChunk = {
  /** 16 bytes a picture. */
  ids: Uint8Array;
  /** Pixels. */
  widths: Uint32Array;
  heights: Uint32Array;
  /** UTC milliseconds. */
  createdAt: Float64Array;
  /** The first 3 bytes of each ThumbHash, which are the picture's average colour; zeros where there is none. */
  colours: Uint8Array;
  /** Null where nothing comes after it. */
  next: GalleryCursor | null;
};

/** How many pictures were made in a month. `start`: its first moment by the user's clock, in UTC milliseconds. */
export type MonthCount = { start: number; count: number };
