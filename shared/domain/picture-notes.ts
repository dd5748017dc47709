// Notes of a picture: what the user should know about how it differs from what was asked for.
import { z } from 'zod';

export const pictureNoteSchema = z.discriminatedUnion('code', [
  /** What of the prompt the offline painter does not draw, in the prompt's words. */
  z.object({ code: z.literal('not_drawn'), words: z.array(z.string()).min(1) }),
  /** Settings that the service made the picture without, in sentences. */
  z.object({ code: z.literal('settings_left_out'), sentences: z.array(z.string()).min(1) }),
]);
export type PictureNote = z.infer<typeof pictureNoteSchema>;
