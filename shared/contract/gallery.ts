// The gallery's timeline and search: requests, replies and events.
import { z } from 'zod';
import { galleryQuerySchema } from '../domain/gallery-query';
import {
  type GalleryChunk,
  galleryCursorSchema,
  type MonthCount,
  maxTiles,
  nextChunk,
} from '../domain/gallery-timeline';
import type { GalleryImage } from '../domain/pictures';
import { type RequestDefinition, reply } from './request';
import { idSchema, noInput } from './schemas';

const tileIds = z.array(idSchema).max(maxTiles);

export const galleryRequests = {
  'gallery:index': {
    input: z.strictObject({
      query: galleryQuerySchema,
      /** Whether near duplicates are combined into stacks. */
      isStacked: z.boolean(),
      after: galleryCursorSchema.nullable(),
      limit: z.int().min(1).max(nextChunk),
      /** Whether the read is for a list beside the gallery. Such a read cancels only others of its kind. */
      isAside: z.literal(true).optional(),
    }),
    reply: reply<GalleryChunk>(),
  },
  /** Returns the ids of those pictures that match the query. */
  'gallery:matching': {
    input: z.strictObject({ query: galleryQuerySchema, ids: tileIds }),
    reply: reply<string[]>(),
  },
  /**
   * Returns the stacks that these pictures are in, each as the ids that match the query, with the top picture first. A
   * list of one id is a picture outside any stack.
   */
  'gallery:stacks': {
    input: z.strictObject({ query: galleryQuerySchema, ids: tileIds }),
    reply: reply<string[][]>(),
  },
  /** Excludes a picture from stacks permanently, or allows it in them again. */
  'gallery:separate': {
    input: z.strictObject({ imageId: idSchema, isSeparate: z.boolean() }),
    reply: reply<null>(),
  },
  /** Counts the whole gallery by month, newest first. */
  'gallery:months': { input: noInput, reply: reply<MonthCount[]>() },
  /** Returns those pictures that still exist, in any order. */
  'gallery:tiles': { input: z.strictObject({ ids: tileIds }), reply: reply<GalleryImage[]>() },
  'gallery:facets': { input: noInput, reply: reply<GalleryFacets>() },
  /** Counts the pictures that match the query. A newer count cancels an older one unless one of them has `isAside`. */
  'gallery:count': {
    input: z.strictObject({ query: galleryQuerySchema, isAside: z.literal(true).optional() }),
    reply: reply<number>(),
  },
  /**
   * Ignores the days of a query, and returns the time of the matching picture nearest to them, in UTC milliseconds; null
   * if no picture matches.
   */
  'gallery:nearest-time': {
    input: z.strictObject({ query: galleryQuerySchema }),
    reply: reply<number | null>(),
  },
  /** Returns how many pictures search does not find yet, because they are not indexed. */
  'gallery:unindexed': { input: noInput, reply: reply<number>() },
  /** Computes this picture's fingerprint if it is missing. Returns how many pictures still lack one and are not found. */
  'gallery:unread': { input: z.strictObject({ imageId: idSchema }), reply: reply<number>() },
} satisfies Record<string, RequestDefinition>;

export type GalleryEvents = {
  'gallery:added': GalleryImage[];
  /** The pictures are still in the gallery, but something about them changed, such as a file that went missing. */
  'gallery:changed': GalleryImage[];
  /** Ids of pictures that are no longer in the gallery. */
  'gallery:removed': string[];
  /** How many pictures search does not find yet. Sent while they are being indexed; 0 at the end. */
  'gallery:unindexed': { left: number };
  /** Ids of pictures that have joined or left a stack of near duplicates, and of the others in it. */
  'gallery:stacked': string[];
  /** How many pictures have no fingerprint yet. Sent while fingerprints are computed; 0 at the end. */
  'gallery:unread': { left: number };
};

/** The models and providers of the gallery's pictures, the most common first. */
export type GalleryFacets = {
  models: { id: string; count: number }[];
  providers: { id: string; count: number }[];
};
