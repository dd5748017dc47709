// The recipe file beside a picture, from which its rows can be rebuilt without the database.
import { z } from 'zod';
import { answerFactsShape } from './answer-facts';
import { pictureParamsSchema } from './models';
import { importedParamsSchema } from './read-recipe';

/** The user's own file of a picture that stays where it is. It is only ever read. */
export const pictureLinkSchema = z.strictObject({
  /** Absolute. */
  path: z.string().min(1),
  /** When the file was last changed, in UTC milliseconds. Together with its length it shows whether it is unchanged. */
  modifiedAt: z.int().min(0),
});
export type PictureLink = z.infer<typeof pictureLinkSchema>;

/**
 * The content of `<id>.json`. It is written before the picture's own file is renamed to its final name, so a picture file
 * without a recipe is not ours, or the recipe was lost.
 */
export const recipeSchema = z.object({
  version: z.literal(1),
  id: z.uuid(),
  /** The picture's file, relative to the data folder. */
  file: z.string(),
  /** Size of that file, which reveals a truncated one. */
  bytes: z.int().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
  /** Base64. */
  thumbhash: z.string(),
  prompt: z.string(),
  provider: z.string(),
  model: z.string(),
  /** For an imported picture, the parameters from its file. */
  params: z.union([importedParamsSchema, pictureParamsSchema]),
  /** Null when the price is unknown. */
  costMicroUsd: z.int().min(0).nullable(),
  durationMs: z.int().min(0),
  /** UTC milliseconds. */
  createdAt: z.int(),
  /** The request that brought the bytes. Absent for an imported picture, and in recipes of older versions. */
  requestId: z.uuid().optional(),
  /** The picture that this one was made from in Afterimage. */
  parentId: z.uuid().nullable().optional(),
  ...answerFactsShape,
  /** The user's own file, if the picture is linked. `file` then only names the files that are derived from it. */
  link: pictureLinkSchema.optional(),
});
export type Recipe = z.infer<typeof recipeSchema>;
