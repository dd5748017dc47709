// Answers requests about the gallery: its order, its months, its filters and the pictures in view.
import type { galleryRequests } from '../../../shared/contract/gallery';
import type { ReadFunctions } from '../db/read';
import type { HandlersOf } from '../ipc/handlers';
import type { galleryReads } from './gallery-reads';
import { type SeparateContext, separate } from './separate';

export function createGalleryHandlers(
  reads: ReadFunctions<typeof galleryReads>,
  context: SeparateContext,
): HandlersOf<typeof galleryRequests> {
  return {
    'gallery:index': reads.galleryChunk,
    'gallery:matching': reads.galleryMatching,
    'gallery:stacks': reads.galleryStacks,
    'gallery:separate': ({ imageId, isSeparate }) => separate(context, imageId, isSeparate),
    'gallery:months': reads.galleryMonths,
    'gallery:tiles': reads.galleryTiles,
    'gallery:facets': reads.galleryFacets,
    'gallery:unindexed': reads.galleryUnindexed,
    async 'gallery:unread'({ imageId }) {
      await context.reading.readFirst(imageId);
      return reads.galleryUnread({});
    },
    'gallery:count': reads.galleryCount,
    'gallery:nearest-time': reads.galleryNearestTime,
  };
}
