// What the main process and the keeper say to each other.
import { z } from 'zod';
import { recipeSchema } from '../../../shared/domain/recipe';

export const keeperTaskSchema = z.discriminatedUnion('type', [
  /** Check the database, and where `backup` says so, make a backup. */
  z.object({
    type: z.literal('look'),
    dataFolder: z.string(),
    file: z.string(),
    nativeBinding: z.string().optional(),
    backup: z.boolean(),
    now: z.int(),
  }),
  /** Read all recipes. Each batch waits for a `next`. */
  z.object({ type: z.literal('salvage'), dataFolder: z.string() }),
  z.object({ type: z.literal('next') }),
]);
export type KeeperTask = z.infer<typeof keeperTaskSchema>;

export const keeperReplySchema = z.discriminatedUnion('type', [
  /** `damage` says what is wrong with the database, if anything. */
  z.object({ type: z.literal('looked'), damage: z.string().nullable() }),
  z.object({ type: z.literal('batch'), recipes: z.array(recipeSchema), unreadable: z.int() }),
  z.object({ type: z.literal('salvaged') }),
  /** It could not be done; the next time may go better. */
  z.object({ type: z.literal('failed'), reason: z.string() }),
]);
export type KeeperReply = z.infer<typeof keeperReplySchema>;
