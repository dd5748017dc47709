// The types of models, and the shapes and parameters of pictures.
import { z } from 'zod';
import { editSchema, madeChangeSchema, upscaleSchema } from './edits';
import type { ServiceKind } from './service-kinds';

/** The longest side in thousands of pixels, in the providers' notation. */
export const pictureResolutions = ['1K', '2K', '4K'] as const;
export const pictureResolutionSchema = z.enum(pictureResolutions);
export type PictureResolution = z.infer<typeof pictureResolutionSchema>;

/** Width and height in pixels for each aspect ratio: at least about one megapixel. */
export const pictureSizes = {
  '1:1': { width: 1024, height: 1024 },
  '3:2': { width: 1536, height: 1024 },
  '2:3': { width: 1024, height: 1536 },
  '4:3': { width: 1368, height: 1026 },
  '3:4': { width: 1026, height: 1368 },
  '16:9': { width: 1824, height: 1026 },
  '9:16': { width: 1026, height: 1824 },
  '21:9': { width: 2394, height: 1026 },
  '5:4': { width: 1280, height: 1024 },
  '4:5': { width: 1024, height: 1280 },
  '4:1': { width: 2048, height: 512 },
  '1:4': { width: 512, height: 2048 },
  '8:1': { width: 3072, height: 384 },
  '1:8': { width: 384, height: 3072 },
} as const satisfies Record<string, { width: number; height: number }>;

/** In the order in which they are offered. */
export const aspectRatios = [
  ...(['1:1', '3:2', '2:3', '4:3', '3:4', '5:4', '4:5', '16:9', '9:16', '21:9'] as const),
  ...(['4:1', '1:4', '8:1', '1:8'] as const),
] satisfies readonly (keyof typeof pictureSizes)[];
export const aspectRatioSchema = z.enum(aspectRatios);
export type AspectRatio = z.infer<typeof aspectRatioSchema>;

/** The aspect ratios that nearly every model supports. Most services refuse the others or replace them. */
export const commonAspectRatios: readonly AspectRatio[] = [
  ...(['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9'] as const),
];

/**
 * The life cycle of a model. Dates are ISO 8601 days; `until` is the last day, and
 * `replacement` the id of the model to use instead.
 */
export type ModelLife =
  | { state: 'available' }
  | { state: 'deprecated'; on?: string; until?: string; replacement: string }
  | { state: 'shut-down'; on: string; replacement: string };

export type Model = {
  id: string;
  /** The kind of the services that offer it, at these prices. */
  kind: ServiceKind;
  makes: 'pictures' | 'text';
  /** Shown under a picture. */
  label: string;
  /** Price of one picture in micro-dollars, for each resolution that the model offers. */
  prices: Partial<Record<PictureResolution, number>>;
  /** The same for pictures that are not square, if they cost more. */
  oblongPrices?: Partial<Record<PictureResolution, number>>;
  /** Prices of other qualities, as factors of the price at medium quality. */
  qualityFactors?: Partial<Record<PictureQuality, number>>;
  aspectRatios: readonly AspectRatio[];
  /** Maximum number of reference pictures. */
  references: number;
  negativePrompt: boolean;
  life: ModelLife;
};

/** Maximum number of pictures that can be attached to one message; many models take fewer. */
export const maxReferences = 14;

/** 32 bits, as in the Stable Diffusion web UI and in most tools whose pictures can be imported. */
export const maxSeed = 4_294_967_295;
export const seedSchema = z.int().min(0).max(maxSeed);

export const pictureQualities = ['low', 'medium', 'high'] as const;
const pictureQualitySchema = z.enum(pictureQualities);
export type PictureQuality = z.infer<typeof pictureQualitySchema>;

/** How long a model thinks about a picture: https://ai.google.dev/gemini-api/docs/thinking */
export const thinkingLevels = ['minimal', 'medium', 'high'] as const;

/** In Unicode characters. */
export const maxNegativePromptLength = 4000;

/** The parameters of a picture besides its prompt. Stored as JSON in its row before any request is sent. */
export const pictureParamsSchema = z.object({
  aspectRatio: aspectRatioSchema,
  /** 0 to 2^32 - 1. Ignored by providers that take no seed. */
  seed: seedSchema,
  /** Whether the user chose this seed; otherwise it is random. */
  seedChosen: z.literal(true).optional(),
  /** Absent: 1K. */
  resolution: pictureResolutionSchema.optional(),
  /** A description of things that the picture must not show, for models that support it. */
  negativePrompt: z.string().max(maxNegativePromptLength).optional(),
  /** For diffusion models; absent: the engine's default. */
  steps: z.int().min(1).max(500).optional(),
  sampler: z.string().max(100).optional(),
  scheduler: z.string().max(100).optional(),
  /** How closely a diffusion model follows the prompt (CFG scale). */
  guidance: z.number().min(0).max(50).optional(),
  /** How much a diffusion model changes the picture to edit, from 0 to 1. */
  strength: z.number().min(0).max(1).optional(),
  /** Absent: medium. */
  quality: pictureQualitySchema.optional(),
  /** Absent: as the model chooses. */
  thinking: z.enum(thinkingLevels).optional(),
  /** Absent: as the model chooses. */
  background: z.literal('transparent').optional(),
  /** Ids of the reference pictures. The first is the one to edit. */
  references: z.array(z.uuid()).max(maxReferences).optional(),
  /** The id of the picture whose recipe this is. */
  repeats: z.uuid().optional(),
  /** The part of the first reference picture that is to change. */
  edit: editSchema.optional(),
  /** The model enlarges the first reference picture, and nothing else. */
  upscale: upscaleSchema.optional(),
  /** How this computer makes the picture from its parent. */
  change: madeChangeSchema.optional(),
});
export type PictureParams = z.infer<typeof pictureParamsSchema>;

/** Maximum number of models that are read from a list. The check of a service says how many are left out. */
export const maxOfferedModels = 10_000;

/** A model that a provider offers now. `makes` is null if the provider does not say. */
export const offeredModelSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  makes: z.enum(['pictures', 'text']).nullable(),
  /** The last day on which it works, as an ISO 8601 date, if the list has one. */
  shutsDownOn: z.iso.date().optional(),
  /** The resolutions that it supports, if the list says so. */
  resolutions: z.array(pictureResolutionSchema).optional(),
  aspectRatios: z.array(aspectRatioSchema).optional(),
  /** Maximum number of reference pictures. */
  references: z.int().min(0).optional(),
  /** Whether it needs a reference picture, and makes nothing from a prompt alone. */
  needsReference: z.boolean().optional(),
  /** Price of one picture in micro-dollars, if listed. A missing resolution costs as much as 1K. */
  prices: z.partialRecord(pictureResolutionSchema, z.int().min(0)).optional(),
  /** Whether it takes masks, if its kind does. */
  masks: z.boolean().optional(),
  /** The names of the options that it takes; see picture-options.ts. */
  options: z.array(z.string().max(40)).max(20).optional(),
});
export type OfferedModel = z.infer<typeof offeredModelSchema>;

/**
 * Returns the first model of a list that makes pictures, or that may do so, because most services do not say what a model
 * makes. Models that need a reference picture come last.
 *
 * @param except the id of a model that the service does not have, whatever it lists.
 */
export function firstPictureModel(
  offered: readonly OfferedModel[],
  except: string | null,
): OfferedModel | undefined {
  const others = offered.filter(({ id }) => id !== except);
  const fromWords = others.filter(({ needsReference }) => needsReference !== true);
  const isSure = ({ makes }: OfferedModel) => makes === 'pictures';
  return (
    fromWords.find(isSure) ??
    fromWords.find(({ makes }) => makes === null) ??
    others.find(({ makes }) => makes !== 'text')
  );
}
