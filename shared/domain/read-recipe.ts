// A recipe that was read from a picture's file, whichever tool wrote it.
import { z } from 'zod';
import { madeChangeSchema } from './edits';
import { aspectRatioSchema } from './models';

/** The tools whose recipes are read. `c2pa`: a tool that is only known from content credentials. */
const recipeSources = [
  'afterimage',
  'automatic1111',
  'forge',
  'sdnext',
  'comfyui',
  'invokeai',
  'swarmui',
  'novelai',
  'fooocus',
  'drawthings',
  'easydiffusion',
  'midjourney',
  'openai',
  'google',
  'adobe',
  'microsoft',
  'c2pa',
] as const;
export type RecipeSource = (typeof recipeSources)[number];

/** Sources that have no prompt, at most the name of the tool. The file name takes the place of the prompt. */
export const promptlessSources = ['none', 'openai', 'google', 'adobe', 'microsoft', 'c2pa'] as const;

/** Maximum length of each text that is read from a file, in UTF-16 units. */
export const maxRecipeTextLength = 32_000;
/** Maximum number of LoRAs that are read. */
export const maxLoras = 64;

const text = z.string().max(maxRecipeTextLength);
const shortText = z.string().max(1000);

/** As the tool wrote it. Digits as text where a number cannot hold them exactly: some tools' seeds have 64 bits. */
const foreignSeedSchema = z.union([z.int().min(0), z.string().regex(/^\d{16,40}$/)]);
export const readRecipeSchema = z.object({
  source: z.enum(recipeSources),
  /** Empty if the tool got none, or if the file only names the tool, as content credentials do. */
  prompt: text,
  negativePrompt: text.optional(),
  seed: foreignSeedSchema.optional(),
  steps: z.int().min(0).optional(),
  sampler: shortText.optional(),
  scheduler: shortText.optional(),
  /** How closely the model follows the prompt (CFG scale). */
  guidance: z.number().optional(),
  model: shortText.optional(),
  /** As the tool wrote it: the tools hash models in different ways. */
  modelHash: shortText.optional(),
  loras: z
    .array(z.object({ name: shortText, weight: z.number().optional() }))
    .max(maxLoras)
    .optional(),
  /** How much the parent picture was changed, from 0 to 1. */
  strength: z.number().optional(),
  /** The tool's name of the parent picture. */
  parent: shortText.optional(),
  /** Pixels, as in the recipe. The file may have been scaled since. */
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  /** Only in our own recipes. */
  aspectRatio: aspectRatioSchema.optional(),
  /** How an Afterimage has made it from its parent: in our own recipes, and of a picture that was changed here since. */
  change: madeChangeSchema.optional(),
  /** UTC milliseconds. */
  createdAt: z.int().min(0).optional(),
  /** The tool's other values, as lines of "Name: value". */
  rest: text.optional(),
  /** Other contents of the file, which no reader understood. */
  raw: text.optional(),
  /** Whether a tool that usually has a prompt had none. The file name takes the place of the prompt. */
  isPromptless: z.literal(true).optional(),
  /** Whether only the beginning of a longer text was read. */
  isShortened: z.literal(true).optional(),
});
export type ReadRecipe = z.infer<typeof readRecipeSchema>;

/** The parameters of an imported picture, in its row and in its recipe file. */
export const importedParamsSchema = readRecipeSchema.omit({ prompt: true, createdAt: true }).extend({
  source: z.enum([...recipeSources, 'none']),
});
export type ImportedParams = z.infer<typeof importedParamsSchema>;

/** The provider of an imported picture. */
export const importedProvider = 'imported';
