// What a user can ask the gallery for: words, filters and an order, all combinable.
import { z } from 'zod';

export const maxSearchLength = 500;

export const gallerySorts = ['newest', 'oldest', 'largest', 'smallest', 'model'] as const;
export const pictureShapes = ['landscape', 'portrait', 'square'] as const;

const names = z.array(z.string().min(1).max(200)).max(100);

/** Every field narrows what comes; the empty query asks for everything, newest first. */
export const galleryQuerySchema = z.strictObject({
  /** Words as typed: prompt, model and provider are searched. Any text is a valid one. */
  text: z.string().max(maxSearchLength),
  /** UTC milliseconds; made at this time or later. */
  from: z.int().nullable(),
  /** UTC milliseconds; made before this time. */
  to: z.int().nullable(),
  /** One of them; empty: any. */
  models: names,
  providers: names,
  shape: z.enum(pictureShapes).nullable(),
  /** The longest side in pixels, at least. */
  minSide: z.int().min(1).max(100_000).nullable(),
  favourites: z.boolean(),
  hasSeed: z.boolean(),
  /** Made in this conversation. */
  conversationId: z.uuid().nullable(),
  /** In this collection. */
  collectionId: z.uuid().nullable(),
  sort: z.enum(gallerySorts),
});
export type GalleryQuery = z.infer<typeof galleryQuerySchema>;

export const everyPicture: GalleryQuery = {
  text: '',
  from: null,
  to: null,
  models: [],
  providers: [],
  shape: null,
  minSide: null,
  favourites: false,
  hasSeed: false,
  conversationId: null,
  collectionId: null,
  sort: 'newest',
};
