// The messages between the main process and the maintenance worker.
import { z } from 'zod';
import { recipeSchema } from '../../../shared/domain/recipe';

export const maintenanceTaskSchema = z.discriminatedUnion('type', [
  /** Check the database, and make a backup if `backup` is set. */
  z.object({
    type: z.literal('check'),
    dataFolder: z.string(),
    file: z.string(),
    nativeBinding: z.string().optional(),
    backup: z.boolean(),
    now: z.int(),
  }),
  /** Read all recipes. After each batch the worker waits for `next`. */
  z.object({ type: z.literal('salvage'), dataFolder: z.string() }),
  z.object({ type: z.literal('next') }),
]);
export type MaintenanceTask = z.infer<typeof maintenanceTaskSchema>;

export const maintenanceReplySchema = z.discriminatedUnion('type', [
  /** `damage` says what is wrong with the database, if anything. */
  z.object({ type: z.literal('checked'), damage: z.string().nullable() }),
  z.object({ type: z.literal('batch'), recipes: z.array(recipeSchema), unreadable: z.int() }),
  z.object({ type: z.literal('salvaged') }),
  /** The task failed and may be repeated later. */
  z.object({ type: z.literal('failed'), reason: z.string() }),
]);
export type MaintenanceReply = z.infer<typeof maintenanceReplySchema>;
