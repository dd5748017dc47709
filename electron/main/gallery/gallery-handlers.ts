// The gallery's part of the contract: its order, its months, and what is on screen.
import { success } from '../../../shared/domain/errors';
import type { Store } from '../db/open';
import type { Handlers } from '../ipc/handlers';

export type GalleryRequest = 'gallery:index' | 'gallery:matching' | 'gallery:months' | 'gallery:tiles';

export function createGalleryHandlers({ galleryOrder }: Store): Pick<Handlers, GalleryRequest> {
  return {
    'gallery:index': ({ query, after, limit }) => success(galleryOrder.chunk(query, after, limit)),
    'gallery:matching': ({ query, ids }) => success(galleryOrder.matching(query, ids)),
    'gallery:months': () => success(galleryOrder.months()),
    'gallery:tiles': ({ ids }) => success(galleryOrder.tiles(ids)),
  };
}
