// What a provider and a model are, the shapes that a picture can have, and the parameters that it is made with.
import { z } from 'zod';

export const providerIds = ['painter', 'google', 'imagen', 'openai', 'automatic1111'] as const;
export const providerIdSchema = z.enum(providerIds);
export type ProviderId = z.infer<typeof providerIdSchema>;

/** The longest side in thousands of pixels, in the words that providers use. */
export const pictureResolutions = ['1K', '2K', '4K'] as const;
export const pictureResolutionSchema = z.enum(pictureResolutions);
export type PictureResolution = z.infer<typeof pictureResolutionSchema>;

/** Width and height in pixels that a picture of each aspect ratio is asked for: about one megapixel. */
export const pictureSizes = {
  '1:1': { width: 1024, height: 1024 },
  '3:2': { width: 1536, height: 1024 },
  '2:3': { width: 1024, height: 1536 },
  '4:3': { width: 1368, height: 1026 },
  '3:4': { width: 1026, height: 1368 },
  '16:9': { width: 1824, height: 1026 },
  '9:16': { width: 1026, height: 1824 },
  '21:9': { width: 2394, height: 1026 },
} as const satisfies Record<string, { width: number; height: number }>;

export const aspectRatios = [
  '1:1',
  '3:2',
  '2:3',
  '4:3',
  '3:4',
  '16:9',
  '9:16',
  '21:9',
] as const satisfies readonly (keyof typeof pictureSizes)[];
export const aspectRatioSchema = z.enum(aspectRatios);
export type AspectRatio = z.infer<typeof aspectRatioSchema>;

/** Where a model is in its life. Dates are ISO 8601 days; `replacement` is the id of the model to use instead. */
export type ModelLife =
  | { state: 'available' }
  | { state: 'deprecated'; on: string; replacement: string }
  | { state: 'shut-down'; on: string; replacement: string };

export type Model = {
  id: string;
  provider: ProviderId;
  makes: 'pictures' | 'text';
  /** As shown under a picture. */
  label: string;
  /** Price of one picture in millionths of a US dollar, for each resolution that it offers. */
  prices: Partial<Record<PictureResolution, number>>;
  /** The same for one that is not square, where that costs more. */
  oblongPrices?: Partial<Record<PictureResolution, number>>;
  /** The shapes that it makes. */
  aspectRatios: readonly AspectRatio[];
  /** How many reference pictures a request may carry. */
  references: number;
  negativePrompt: boolean;
  life: ModelLife;
};

export type ProviderDescription = {
  id: ProviderId;
  label: string;
  /** Free and on this machine: its work may be repeated without asking. */
  local: boolean;
  /** How many pictures it may make at once. */
  concurrency: number;
  needsKey: boolean;
  /** Whether the same prompt, shape and seed give the same picture: with each of its models, typed ones too. */
  takesSeed: boolean;
  defaultModel: string;
  /** Null: it makes pictures only, and answers words with a note of its own. */
  defaultTextModel: string | null;
};

/** Of 32 bits, as the Stable Diffusion web UI draws its own, and so do others whose pictures are brought in. */
export const maxSeed = 4_294_967_295;
export const seedSchema = z.int().min(0).max(maxSeed);

/** What a picture was asked for, beside its prompt. Kept as JSON in its row before any request leaves. */
export const pictureParamsSchema = z.object({
  aspectRatio: aspectRatioSchema,
  /** Where a provider takes one: the same prompt and seed give the same picture. 0 to 2^32 - 1. */
  seed: seedSchema,
  /** Whether the user asked for this seed; otherwise chance chose it. */
  seedChosen: z.literal(true).optional(),
  /** Absent: 1K. */
  resolution: pictureResolutionSchema.optional(),
  /** What must not be in it, where the model takes that. */
  negativePrompt: z.string().max(4000).optional(),
  /** Steps and sampler of a diffusion engine; absent: the engine's own. */
  steps: z.int().min(1).max(500).optional(),
  sampler: z.string().max(100).optional(),
  /** Ids of the pictures that go with the prompt; for an edit the first is the one that is edited. */
  references: z.array(z.uuid()).max(14).optional(),
});
export type PictureParams = z.infer<typeof pictureParamsSchema>;

/** A model that a provider offers now. `makes` is null if the provider does not say. */
export const offeredModelSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  makes: z.enum(['pictures', 'text']).nullable(),
});
export type OfferedModel = z.infer<typeof offeredModelSchema>;
