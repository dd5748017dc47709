// Collections of pictures, and what the gallery can be narrowed to: this part of the contract's shapes.
import { z } from 'zod';
import { type GalleryQuery, galleryQuerySchema } from '../domain/gallery-query';

/** Most pictures of one request. */
export const maxSelected = 10_000;
export const maxCollectionNameLength = 100;

const id = z.uuid();
const imageIds = z.array(id).max(maxSelected);
const name = z.string().trim().min(1).max(maxCollectionNameLength);

export const collectionRequestSchemas = {
  'gallery:facets': z.strictObject({}),
  'gallery:count': z.strictObject({ query: galleryQuerySchema }),
  'images:favourite': z.strictObject({ imageIds, favourite: z.boolean() }),
  'collections:list': z.strictObject({}),
  /** `query`: a saved search, which finds its pictures by itself. Null: one that begins with `imageIds`. */
  'collections:create': z.strictObject({ name, query: galleryQuerySchema.nullable(), imageIds }),
  'collections:rename': z.strictObject({ collectionId: id, name }),
  'collections:delete': z.strictObject({ collectionId: id }),
  'collections:restore': z.strictObject({ collectionId: id }),
  'collections:add': z.strictObject({ collectionId: id, imageIds }),
  'collections:remove': z.strictObject({ collectionId: id, imageIds }),
} satisfies Record<string, z.ZodType>;

export type CollectionRequest = keyof typeof collectionRequestSchemas;

export type CollectionReplies = {
  'gallery:facets': GalleryFacets;
  /** How many pictures the query finds. */
  'gallery:count': number;
  /** The ids of those that were not so before. */
  'images:favourite': string[];
  'collections:list': CollectionList;
  'collections:create': Collection;
  'collections:rename': Collection;
  /** It can be restored for a day. */
  'collections:delete': null;
  'collections:restore': Collection;
  /** The ids of those that were not in it before, for undoing. */
  'collections:add': string[];
  /** The ids of those that were in it. */
  'collections:remove': string[];
};

export type Collection = {
  id: string;
  name: string;
  /** The saved search; null for one that is filled by hand. */
  query: GalleryQuery | null;
  count: number;
  /** There are more than `count`. */
  isMore: boolean;
  /** The picture that stands for it; null where it has none. */
  coverId: string | null;
};

export type CollectionList = {
  /** How many pictures there are, and how many of them are favourites. */
  everything: number;
  favourites: number;
  collections: Collection[];
};

/** What the gallery's pictures really have, the most common first. */
export type GalleryFacets = {
  models: { id: string; count: number }[];
  providers: { id: string; count: number }[];
};
