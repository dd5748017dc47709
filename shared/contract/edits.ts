// Editing a picture: unfinished masks, and changes that this computer makes. Edits by a model are sent with
// `chat:send`.
import { z } from 'zod';
import { maxTextLength } from '../domain/conversations';
import { type EditDraft, frameSchema, localEditSchema, maskIdSchema } from '../domain/edits';
import type { GalleryImage } from '../domain/pictures';
import { type RequestDefinition, reply } from './request';
import { idSchema } from './schemas';

const imageInput = z.strictObject({ imageId: idSchema });

/** Maximum size of a mask's file, in bytes: 8-bit gray compresses well. */
export const maxMaskBytes = 32 * 1024 * 1024;

const maskBytesSchema = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length <= maxMaskBytes,
);

export const editRequests = {
  /**
   * Replies null if the picture has no edit draft. `edits:mask` returns the pixels of the draft's mask. The mask's file may
   * be missing, because a power failure can undo the row and the file independently.
   */
  'edits:draft': { input: imageInput, reply: reply<EditDraft | null>() },
  /** Returns the file of a mask, also of one that was sent. `not_found` if there is none. */
  'edits:mask': { input: z.strictObject({ maskId: maskIdSchema }), reply: reply<Uint8Array>() },
  /**
   * Keeps an edit draft. The bytes of a mask are sent once, under a new id each time the mask has changed. A mask that
   * was sent with a message is no longer a draft, so further changes to it get a new id. Replies when the mask is on disk;
   * only then can it be sent. Fails with `bad_request` if the bytes are not a mask of the picture's size, and with
   * `mask_gone` if there are neither bytes nor a file.
   */
  'edits:keep-draft': {
    input: imageInput.extend({
      mask: z.strictObject({ id: maskIdSchema, bytes: maskBytesSchema.optional() }).nullable(),
      frame: frameSchema.nullable(),
      words: z.string().max(maxTextLength),
    }),
    reply: reply<null>(),
  },
  'edits:forget-draft': { input: imageInput, reply: reply<null>() },
  /** Makes a new picture from an existing one. Sending the same id twice gets the same reply. */
  'edits:change-here': {
    input: imageInput.extend({ newImageId: idSchema, change: localEditSchema }),
    reply: reply<GalleryImage>(),
  },
} satisfies Record<string, RequestDefinition>;
