// Answers requests about the gallery: its order, its months, its filters and the pictures in view.
import type { galleryRequests } from '../../../shared/contract/gallery';
import type { AskedReads } from '../db/read';
import type { HandlersOf } from '../ipc/handlers';
import type { galleryReads } from './gallery-reads';

export function createGalleryHandlers(
  reads: AskedReads<typeof galleryReads>,
): HandlersOf<typeof galleryRequests> {
  return {
    'gallery:index': reads.galleryChunk,
    'gallery:matching': reads.galleryMatching,
    'gallery:months': reads.galleryMonths,
    'gallery:tiles': reads.galleryTiles,
    'gallery:facets': reads.galleryFacets,
    'gallery:unindexed': reads.galleryUnindexed,
    'gallery:count': reads.galleryCount,
  };
}
