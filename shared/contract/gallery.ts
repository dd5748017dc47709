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
      /** Whether of near duplicates only one is wanted. */
      isStacked: z.boolean(),
      after: galleryCursorSchema.nullable(),
      limit: z.int().min(1).max(nextChunk),
      /** Whether it is for a list beside the gallery. Such a read ends others of its own kind, and none of the gallery's. */
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
   * Returns what the query finds of the stacks that these pictures are in: all ids of each, the one on top first. A list of
   * one is a picture that is alone.
   */
  'gallery:stacks': {
    input: z.strictObject({ query: galleryQuerySchema, ids: tileIds }),
    reply: reply<string[][]>(),
  },
  /** Takes a picture out of its stack for good, or lets it be in one again. */
  'gallery:separate': {
    input: z.strictObject({ imageId: idSchema, isSeparate: z.boolean() }),
    reply: reply<null>(),
  },
  /** Counts the whole gallery by month, newest first. */
  'gallery:months': { input: noInput, reply: reply<MonthCount[]>() },
  /** Returns those pictures that still exist, in any order. */
  'gallery:tiles': { input: z.strictObject({ ids: tileIds }), reply: reply<GalleryImage[]>() },
  'gallery:facets': { input: noInput, reply: reply<GalleryFacets>() },
  /** Counts the pictures that match the query. A newer count ends an older one, unless one of them is beside the search. */
  'gallery:count': {
    input: z.strictObject({ query: galleryQuerySchema, isAside: z.literal(true).optional() }),
    reply: reply<number>(),
  },
  /**
   * Returns when the picture was made that is nearest to the days of a query, of what the query finds on other days; null if
   * there is none.
   */
  'gallery:nearest-time': {
    input: z.strictObject({ query: galleryQuerySchema }),
    reply: reply<number | null>(),
  },
  /** Returns how many pictures search does not find yet, because they are not indexed. */
  'gallery:unindexed': { input: noInput, reply: reply<number>() },
  /** Reads how this picture looks, if that is not known yet. Returns of how many pictures it is not, so that they are not found. */
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
  /** Of how many pictures it is not known how they look. Sent while they are being read; 0 at the end. */
  'gallery:unread': { left: number };
};

/** The models and providers of the gallery's pictures, the most common first. */
export type GalleryFacets = {
  models: { id: string; count: number }[];
  providers: { id: string; count: number }[];
};
