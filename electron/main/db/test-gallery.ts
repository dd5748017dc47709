// For tests: reads the whole gallery in chunks.
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import type { GalleryChunk, GalleryCursor } from '../../../shared/domain/gallery-timeline';
import type { GalleryImage } from '../../../shared/domain/pictures';
import type { Store } from './open';

/** Returns what a query finds, in its order. */
export function readGallery(store: Store, query: GalleryQuery, limit = 1000): GalleryImage[] {
  const ids: string[] = [];
  let after: GalleryCursor | null = null;
  do {
    const chunk: GalleryChunk = store.galleryOrder.chunk(query, after, limit);
    ids.push(...idsOf(chunk));
    after = chunk.next;
  } while (after);
  const images = new Map(store.galleryOrder.tiles(ids).map((image) => [image.id, image]));
  return ids.map((id) => images.get(id)).filter((image) => image !== undefined);
}

export function idsOf({ ids }: GalleryChunk): string[] {
  const hex = Buffer.from(ids).toString('hex');
  return (hex.match(/.{32}/g) ?? []).map((text) =>
    text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  );
}
