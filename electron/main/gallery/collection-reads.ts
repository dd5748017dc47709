// Reads for the collections.
import type { Reads } from '../db/read';

export const collectionReads = {
  collections: { isOrdered: true, run: ({ store }) => store.collections.list() },
} satisfies Reads;
