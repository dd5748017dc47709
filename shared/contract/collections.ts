// Collections of pictures: requests and replies.
import { z } from 'zod';
import { type GalleryQuery, galleryQuerySchema } from '../domain/gallery-query';
import { type RequestDefinition, reply } from './request';
import { idSchema, imageIdsSchema as imageIds, noInput } from './schemas';

export const maxCollectionNameLength = 100;

const name = z.string().trim().min(1).max(maxCollectionNameLength);
const collectionInput = z.strictObject({ collectionId: idSchema });
const picturesInput = z.strictObject({ collectionId: idSchema, imageIds });

export const collectionRequests = {
  'collections:list': { input: noInput, reply: reply<CollectionList>() },
  /** `query`: a saved search, which finds its pictures itself. Null: a collection that starts with `imageIds`. */
  'collections:create': {
    input: z.strictObject({ name, query: galleryQuerySchema.nullable(), imageIds }),
    reply: reply<Collection>(),
  },
  'collections:rename': {
    input: z.strictObject({ collectionId: idSchema, name }),
    reply: reply<Collection>(),
  },
  /** The collection can be restored for a day. */
  'collections:delete': { input: collectionInput, reply: reply<null>() },
  'collections:restore': { input: collectionInput, reply: reply<Collection>() },
  /** Returns the ids of the pictures that were not in the collection before, so that the change can be undone. */
  'collections:add': { input: picturesInput, reply: reply<string[]>() },
  /** Returns the ids of the pictures that were in the collection. */
  'collections:remove': { input: picturesInput, reply: reply<string[]>() },
} satisfies Record<string, RequestDefinition>;

export type Collection = {
  id: string;
  name: string;
  /** The saved search; null for a collection that the user fills. */
  query: GalleryQuery | null;
  count: number;
  /** Whether there are more than `count`. */
  isMore: boolean;
  /** The cover picture; null if the collection is empty. */
  coverId: string | null;
};

export type CollectionList = {
  /** Number of pictures, and of favourites among them. */
  everything: number;
  favourites: number;
  collections: Collection[];
};
