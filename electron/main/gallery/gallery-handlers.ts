// Answers requests about the gallery: its order, its months, its filters and the pictures in view.
import type { galleryRequests } from '../../../shared/contract/gallery';
import { success } from '../../../shared/domain/errors';
import type { ReadStore } from '../db/open';
import type { HandlersOf } from '../ipc/handlers';

export function createGalleryHandlers({
  galleryOrder,
  galleryFacets,
}: Pick<ReadStore, 'galleryOrder' | 'galleryFacets'>): HandlersOf<typeof galleryRequests> {
  return {
    'gallery:index': ({ query, after, limit }) => success(galleryOrder.chunk(query, after, limit)),
    'gallery:matching': ({ query, ids }) => success(galleryOrder.matching(query, ids)),
    'gallery:months': () => success(galleryOrder.months()),
    'gallery:tiles': ({ ids }) => success(galleryOrder.tiles(ids)),
    'gallery:facets': () => success(galleryFacets.facets()),
    'gallery:count': ({ query }) => success(galleryFacets.count(query)),
  };
}
