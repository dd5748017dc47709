// Reads for the gallery.
import type { RequestInput } from '../../../shared/contract';
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import type { Reads } from '../db/read';

type Input<Name extends `gallery:${'index' | 'matching' | 'tiles' | 'count' | 'stacks' | 'nearest-time'}`> =
  RequestInput<Name>;

export const galleryReads = {
  galleryChunk: {
    isOrdered: true,
    replaces: (newer: Input<'gallery:index'>, older: Input<'gallery:index'>) =>
      newer.isAside === older.isAside && !isSameQuery(newer.query, older.query),
    run: ({ store }, { query, after, limit, isStacked }: Input<'gallery:index'>) =>
      store.galleryOrder.chunk(query, after, limit, isStacked),
  },
  galleryMatching: {
    isOrdered: true,
    run: ({ store }, { query, ids }: Input<'gallery:matching'>) => store.galleryOrder.matching(query, ids),
  },
  galleryStacks: {
    isOrdered: true,
    run: ({ store }, { query, ids }: Input<'gallery:stacks'>) => store.stacks.stacksOf(query, ids),
  },
  galleryMonths: { isOrdered: true, run: ({ store }) => store.galleryOrder.months() },
  galleryTiles: {
    isOrdered: true,
    run: ({ store }, { ids }: Input<'gallery:tiles'>) => store.galleryOrder.tiles(ids),
  },
  galleryFacets: { run: ({ store }) => store.galleryFacets.facets() },
  galleryNearestTime: {
    run: ({ store }, { query }: Input<'gallery:nearest-time'>) => store.galleryFacets.nearestTime(query),
  },
  galleryUnindexed: { run: ({ store }) => store.searchIndex.unindexed() },
  galleryUnread: { run: ({ store }) => store.fingerprints.unread() },
  galleryCount: {
    replaces: (newer: Input<'gallery:count'>, older: Input<'gallery:count'>) =>
      !newer.isAside && !older.isAside && !isSameQuery(newer.query, older.query),
    slices: ({ store }, { query }: Input<'gallery:count'>) => store.galleryFacets.countInSlices(query),
  },
} satisfies Reads;

function isSameQuery(a: GalleryQuery, b: GalleryQuery): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
