// What a picture's files say about themselves: enough to rebuild its rows without the database.
import { z } from 'zod';
import { pictureParamsSchema } from './models';
import { importedParamsSchema } from './read-recipe';

/**
 * Stands beside a picture as `<id>.json`. It is written before the picture's own file gets its name, so that a
 * picture without one is not ours or was damaged.
 */
export const recipeSchema = z.object({
  version: z.literal(1),
  id: z.uuid(),
  /** Relative to the data folder: the picture that this describes. */
  file: z.string(),
  /** Of that file, so that one cut short is noticed. */
  bytes: z.int().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
  /** Base64. */
  thumbhash: z.string(),
  prompt: z.string(),
  provider: z.string(),
  model: z.string(),
  /** Of a picture that was brought in: what its file told. */
  params: z.union([importedParamsSchema, pictureParamsSchema]),
  /** Null where nobody knows the price. */
  costMicroUsd: z.int().min(0).nullable(),
  durationMs: z.int().min(0),
  /** UTC milliseconds. */
  createdAt: z.int(),
  /** What the model wants to see again when the picture is edited. */
  signature: z.string().optional(),
});
export type Recipe = z.infer<typeof recipeSchema>;
