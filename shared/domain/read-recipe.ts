// What a picture's file tells of how it was made, whichever tool wrote it there.
import { z } from 'zod';
import { type AspectRatio, aspectRatioSchema, aspectRatios, pictureSizes } from './models';

export const recipeSources = ['afterimage', 'automatic1111', 'comfyui', 'invokeai'] as const;

/** Longest of each text that is taken over from a file, in UTF-16 units. */
export const maxRecipeTextLength = 32_000;

const text = z.string().max(maxRecipeTextLength);

export const readRecipeSchema = z.object({
  source: z.enum(recipeSources),
  prompt: text,
  negativePrompt: text.optional(),
  /** As the tool wrote it; other tools' seeds may be larger than any of ours. */
  seed: z.int().min(0).optional(),
  model: text.optional(),
  /** Pixels, as the recipe says; the file may have been scaled since. */
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  /** Only our own recipes name one. */
  aspectRatio: aspectRatioSchema.optional(),
  /** UTC milliseconds. */
  createdAt: z.int().min(0).optional(),
  /** Everything else, as lines of "Name: value". */
  rest: text.optional(),
});
export type ReadRecipe = z.infer<typeof readRecipeSchema>;

/** What the row and the recipe file of an imported picture keep as its parameters. */
export const importedParamsSchema = readRecipeSchema
  .omit({ prompt: true, model: true, createdAt: true })
  .extend({ source: z.enum([...recipeSources, 'none']) });
export type ImportedParams = z.infer<typeof importedParamsSchema>;

/** The provider of a picture that a user brought in. */
export const importedProvider = 'imported';

/** @returns the shape that is nearest to a picture's ratio: nearest as ratios are, so that 2:1 is as far as 1:2. */
export function nearestAspectRatio({ width, height }: { width: number; height: number }): AspectRatio {
  const distance = (ratio: AspectRatio) => {
    const size = pictureSizes[ratio];
    return Math.abs(Math.log((size.width / size.height) * (height / width)));
  };
  return aspectRatios.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}
