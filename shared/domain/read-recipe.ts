// A recipe that was read from a picture's file, whichever tool wrote it.
import { z } from 'zod';
import { madeChangeSchema } from './edits';
import { aspectRatioSchema } from './models';

export const recipeSources = ['afterimage', 'automatic1111', 'comfyui', 'invokeai'] as const;

/** Maximum length of each text that is read from a file, in UTF-16 units. */
export const maxRecipeTextLength = 32_000;

const text = z.string().max(maxRecipeTextLength);

export const readRecipeSchema = z.object({
  source: z.enum(recipeSources),
  prompt: text,
  negativePrompt: text.optional(),
  /** As the tool wrote it. Seeds of other tools may be larger than ours. */
  seed: z.int().min(0).optional(),
  model: text.optional(),
  /** Pixels, as in the recipe. The file may have been scaled since. */
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  /** Only our own recipes contain one. */
  aspectRatio: aspectRatioSchema.optional(),
  /** UTC milliseconds. */
  createdAt: z.int().min(0).optional(),
  /** Everything else, as lines of "Name: value". */
  rest: text.optional(),
  /** Whether the file has longer texts, of which only the beginning was read. */
  isShortened: z.literal(true).optional(),
});
export type ReadRecipe = z.infer<typeof readRecipeSchema>;

/** The parameters of an imported picture, in its row and in its recipe file. */
export const importedParamsSchema = readRecipeSchema
  .omit({ prompt: true, model: true, createdAt: true })
  .extend({
    source: z.enum([...recipeSources, 'none']),
    /** As in the parameters of a picture that was made here. */
    change: madeChangeSchema.optional(),
  });
export type ImportedParams = z.infer<typeof importedParamsSchema>;

/** The provider of an imported picture. */
export const importedProvider = 'imported';
