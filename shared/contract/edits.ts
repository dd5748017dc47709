// Editing a picture: masks in work, and changes that this computer makes. Edits by a model are sent with `chat:send`.
import { z } from 'zod';
import { maxTextLength } from '../domain/conversations';
import { type EditDraft, frameSchema, localEditSchema } from '../domain/edits';
import type { GalleryImage } from '../domain/pictures';
import { type RequestDefinition, reply } from './request';
import { idSchema } from './schemas';

const imageInput = z.strictObject({ imageId: idSchema });

/** Maximum size of a mask's file, in bytes: 8-bit gray compresses well. */
export const maxMaskBytes = 32 * 1024 * 1024;

export const editRequests = {
  /** Null if nothing is in work for this picture. The mask's pixels are at its `maskUrl`. */
  'edits:draft': { input: imageInput, reply: reply<EditDraft | null>() },
  /** Keeps what is in work. The bytes of a mask are sent once, under a new id each time the mask has changed. */
  'edits:keep-draft': {
    input: imageInput.extend({
      mask: z.strictObject({ id: idSchema, bytes: z.instanceof(Uint8Array).optional() }).nullable(),
      frame: frameSchema.nullable(),
      words: z.string().max(maxTextLength),
    }),
    reply: reply<null>(),
  },
  'edits:forget-draft': { input: imageInput, reply: reply<null>() },
  /** Makes a new picture from one. Sent twice with the same id, it has the same reply. */
  'edits:change-here': {
    input: imageInput.extend({ newImageId: idSchema, change: localEditSchema }),
    reply: reply<GalleryImage>(),
  },
} satisfies Record<string, RequestDefinition>;
