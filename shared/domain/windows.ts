// Windows: their maximum number, and what each of them shows.
import { z } from 'zod';
import { views } from './views';

/** Each window is a process of its own, with a memory of its own. */
export const maxWindows = 10;

/** The view that a new window shows first. */
export const newWindowSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('chat'), conversationId: z.uuid() }),
  z.strictObject({ kind: z.literal('new-chat') }),
  z.strictObject({ kind: z.literal('gallery') }),
]);
export type NewWindow = z.infer<typeof newWindowSchema>;

/** The state of a window that the next start restores. Invalid values become those of a new window. */
export const windowPlaceSchema = z.object({
  /** The conversation on screen, which may be a new chat. Null: none was open yet. */
  openChat: z.uuid().nullable().catch(null),
  view: z.enum(views).catch('chat'),
  /** As in the view state, which has the one of the first window. */
  galleryPlace: z.object({ id: z.uuid(), offset: z.number() }).nullable().catch(null),
});
export type WindowPlace = z.infer<typeof windowPlaceSchema>;
