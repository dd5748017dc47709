// Actions on one or several pictures: requests and replies.
import { z } from 'zod';
import type { Family } from '../domain/lineage';
import type { PictureParams } from '../domain/models';
import type { GalleryImage } from '../domain/pictures';
import type { ImportedParams } from '../domain/read-recipe';
import { type RequestDefinition, reply } from './request';
import { idSchema, imageIdsSchema } from './schemas';

const imageIds = imageIdsSchema.min(1);
const pixel = z.int().min(0).max(100_000);
const imageInput = z.strictObject({ imageId: idSchema });
const imagesInput = z.strictObject({ imageIds });

export const pictureRequests = {
  'images:facts': { input: imageInput, reply: reply<RecipeFacts>() },
  /** Returns the pictures that this one was made from, and those made from them and from it. */
  'images:family': { input: imageInput, reply: reply<Family>() },
  /** Puts the picture on the clipboard, in full size. */
  'images:copy': { input: imageInput, reply: reply<null>() },
  /** Replies null if the user closed the dialog. */
  'images:save-copy': { input: imageInput, reply: reply<{ path: string } | null>() },
  /** Saves what the provider sent for a picture that cannot be opened. Replies null if the user closed the dialog. */
  'pictures:save-kept': {
    input: z.strictObject({ messageId: idSchema }),
    reply: reply<{ path: string } | null>(),
  },
  /** Opens the system's menu for sharing, where it has one. */
  'images:share': { input: imageInput, reply: reply<null>() },
  'images:show-in-folder': { input: imageInput, reply: reply<null>() },
  /** Returns the ids of the pictures whose mark changed. */
  'images:favourite': {
    input: z.strictObject({ imageIds: imageIdsSchema, favourite: z.boolean() }),
    reply: reply<string[]>(),
  },
  /** Moves a picture to Trash. */
  'images:delete': { input: imageInput, reply: reply<null>() },
  'images:restore': { input: imageInput, reply: reply<GalleryImage>() },
  /** Returns the ids of the pictures that were in the gallery and are now in Trash. */
  'images:delete-many': { input: imagesInput, reply: reply<string[]>() },
  /** Returns the ids of the pictures that are back. */
  'images:restore-many': { input: imagesInput, reply: reply<string[]>() },
  /** Finds out why a picture cannot be shown, and makes its smaller versions again if its own file is intact. */
  'images:repair': { input: imageInput, reply: reply<Repair>() },
  /** Asks the user for the file of a missing picture. Replies null if the user closed the dialog. */
  'images:locate': { input: imageInput, reply: reply<GalleryImage | null>() },
  /** Hands dragged pictures to the system. `icon`: the part of the window that follows the pointer. */
  'images:drag-out': {
    input: z.strictObject({
      imageIds,
      icon: z.strictObject({ x: pixel, y: pixel, width: pixel, height: pixel }),
    }),
    reply: reply<null>(),
  },
} satisfies Record<string, RequestDefinition>;

/**
 * `repaired`: everything derived from the picture's file was made again. `missing`, `damaged`: the state of that file.
 * `failed`: nothing could be made, for example because the disk is full.
 */
export type Repair = 'repaired' | 'missing' | 'damaged' | 'failed';

/** How a picture was made, as far as it is still known. */
export type RecipeFacts = {
  /** Null if this version cannot read them, or if the picture was imported. */
  params: PictureParams | null;
  /** The recipe in the file of an imported picture; null for a picture that was made here. */
  imported: ImportedParams | null;
  /** Such as "PNG". */
  format: string;
  durationMs: number | null;
  costMicroUsd: number | null;
  /** The conversation of the picture; null if it no longer exists. */
  conversation: { id: string; title: string; messageId: string } | null;
  /** The picture that this one edits; null if there is none, or if it no longer exists. */
  parent: { id: string; prompt: string } | null;
};
