// A query of the gallery: search text, filters and a sort order, in any combination.
import { z } from 'zod';
import { datesOfPeriod, periods } from './periods';

export const maxSearchLength = 500;

/**
 * `relevance`: if the query has a picture to compare with, the most similar first. Otherwise matches of whole words, then of
 * beginnings of words, then of parts of words. Without words, the newest first.
 */
export const gallerySorts = ['relevance', 'newest', 'oldest', 'largest', 'smallest', 'model'] as const;
export const pictureShapes = ['landscape', 'portrait', 'square'] as const;

const names = z.array(z.string().min(1).max(200)).max(100);

/** Each field narrows the result. The empty query returns every picture, newest first. */
export const galleryQuerySchema = z.strictObject({
  /** As typed. Searches prompt, model and provider; any text is valid. */
  text: z.string().max(maxSearchLength),
  /** Only pictures of this period, relative to the current day. `from` and `to` are then null. */
  period: z.enum(periods).nullable(),
  /** UTC milliseconds, inclusive. */
  from: z.int().nullable(),
  /** UTC milliseconds, exclusive. */
  to: z.int().nullable(),
  /** Empty: any. */
  models: names,
  providers: names,
  shape: z.enum(pictureShapes).nullable(),
  /** Minimum length of the longest side, in pixels. */
  minSide: z.int().min(1).max(100_000).nullable(),
  favourites: z.boolean(),
  hasSeed: z.boolean(),
  /** Only pictures of this conversation. */
  conversationId: z.uuid().nullable(),
  /** Only pictures of this collection. */
  collectionId: z.uuid().nullable(),
  /** Only pictures that look like this one. */
  alikeTo: z.uuid().nullable(),
  /** Only pictures that are in one stack with this one. */
  stackOf: z.uuid().nullable(),
  sort: z.enum(gallerySorts),
});
export type GalleryQuery = z.infer<typeof galleryQuerySchema>;

export const everyPicture: GalleryQuery = {
  text: '',
  period: null,
  from: null,
  to: null,
  models: [],
  providers: [],
  shape: null,
  minSide: null,
  favourites: false,
  hasSeed: false,
  conversationId: null,
  collectionId: null,
  alikeTo: null,
  stackOf: null,
  sort: 'newest',
};

/** UTC milliseconds; `to` is exclusive. Null: without a limit. */
export type DateLimits = Pick<GalleryQuery, 'from' | 'to'>;

/** Returns the days that a query is limited to. */
export function datesOf({ period, from, to }: GalleryQuery, now: number): DateLimits {
  return period === null ? { from, to } : datesOfPeriod(period, now);
}

/** Returns the query with other days. */
export function withDates(
  query: GalleryQuery,
  dates: Partial<DateLimits & Pick<GalleryQuery, 'period'>>,
): GalleryQuery {
  return { ...everyPicture, ...query, ...noDates, ...dates };
}

const noDates = { period: null, from: null, to: null };
