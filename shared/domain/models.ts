// The providers and models that Afterimage knows, and the shapes a picture can have.
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

export const providers: Readonly<Record<ProviderId, ProviderDescription>> = {
  painter: {
    id: 'painter',
    label: 'Offline painter',
    local: true,
    concurrency: 2,
    needsKey: false,
    takesSeed: true,
    defaultModel: 'painter-1',
    defaultTextModel: null,
  },
  google: {
    id: 'google',
    label: 'Google',
    local: false,
    concurrency: 4,
    needsKey: true,
    takesSeed: false,
    defaultModel: 'gemini-nano-banana-2.1',
    defaultTextModel: 'gemini-3.8-flash',
  },
  imagen: {
    id: 'imagen',
    label: 'Imagen on Vertex AI',
    local: false,
    concurrency: 4,
    needsKey: true,
    takesSeed: false,
    defaultModel: 'imagen-4.0-generate-001',
    defaultTextModel: null,
  },
  openai: {
    id: 'openai',
    label: 'OpenAI-compatible',
    local: false,
    concurrency: 4,
    needsKey: true,
    takesSeed: false,
    defaultModel: 'gpt-image-1',
    defaultTextModel: 'gpt-5-mini',
  },
  automatic1111: {
    id: 'automatic1111',
    label: 'Stable Diffusion web UI',
    local: true,
    concurrency: 1,
    needsKey: false,
    takesSeed: true,
    defaultModel: 'current',
    defaultTextModel: null,
  },
};

const plain = {
  makes: 'pictures',
  aspectRatios,
  references: 0,
  negativePrompt: false,
  life: { state: 'available' },
} as const;

const words = { ...plain, makes: 'text', prices: {} } as const;

const nanoBanana = 'gemini-nano-banana-2.1';
const imagenEnded = { state: 'shut-down', on: '2026-08-17' } as const;

/** https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api#parameter_list */
export const imagenAspectRatios: readonly AspectRatio[] = ['1:1', '3:4', '4:3', '9:16', '16:9'];

/**
 * Prices as listed at https://ai.google.dev/gemini-api/docs/pricing and https://openai.com/api/pricing in October
 * 2026; lives as at https://ai.google.dev/gemini-api/docs/deprecations.
 */
export const models: readonly Model[] = [
  {
    ...plain,
    id: 'painter-1',
    provider: 'painter',
    label: 'Offline sketch',
    prices: { '1K': 0 },
  },
  {
    ...plain,
    id: nanoBanana,
    provider: 'google',
    label: 'Nano Banana 2.1',
    // $30 a million tokens: 1120, 1680 and 2520 of them for the three sizes.
    prices: { '1K': 33_600, '2K': 50_400, '4K': 75_600 },
    references: 14,
  },
  {
    ...plain,
    id: 'gemini-3-pro-image',
    provider: 'google',
    label: 'Gemini 3 Pro Image',
    prices: { '1K': 134_000, '2K': 134_000, '4K': 240_000 },
    references: 14,
  },
  {
    ...plain,
    id: 'gemini-3.1-flash-lite-image',
    provider: 'google',
    label: 'Gemini 3.1 Flash Lite Image',
    prices: { '1K': 34_000 },
    references: 14,
  },
  {
    ...plain,
    id: 'gemini-3.1-flash-image',
    provider: 'google',
    label: 'Gemini 3.1 Flash Image',
    prices: { '1K': 67_000, '2K': 101_000, '4K': 151_000 },
    references: 14,
    life: { state: 'deprecated', on: '2026-10-06', replacement: nanoBanana },
  },
  {
    ...plain,
    id: 'gemini-2.5-flash-image',
    provider: 'google',
    label: 'Gemini 2.5 Flash Image',
    prices: { '1K': 39_000 },
    references: 3,
    life: { state: 'shut-down', on: '2026-10-02', replacement: nanoBanana },
  },
  { ...words, id: 'gemini-3.8-flash', provider: 'google', label: 'Gemini 3.8 Flash' },
  { ...words, id: 'gemini-3.5-flash-lite', provider: 'google', label: 'Gemini 3.5 Flash-Lite' },
  {
    ...plain,
    id: 'imagen-4.0-generate-001',
    provider: 'imagen',
    label: 'Imagen 4',
    prices: { '1K': 40_000 },
    aspectRatios: imagenAspectRatios,
    life: { ...imagenEnded, replacement: nanoBanana },
  },
  {
    ...plain,
    id: 'imagen-4.0-ultra-generate-001',
    provider: 'imagen',
    label: 'Imagen 4 Ultra',
    prices: { '1K': 60_000 },
    aspectRatios: imagenAspectRatios,
    life: { ...imagenEnded, replacement: 'gemini-3-pro-image' },
  },
  {
    ...plain,
    id: 'imagen-4.0-fast-generate-001',
    provider: 'imagen',
    label: 'Imagen 4 Fast',
    prices: { '1K': 20_000 },
    aspectRatios: imagenAspectRatios,
    life: { ...imagenEnded, replacement: nanoBanana },
  },
  {
    ...plain,
    id: 'gpt-image-1',
    provider: 'openai',
    label: 'GPT Image 1',
    // At medium quality: 1056 and 1584 tokens.
    prices: { '1K': 42_000 },
    oblongPrices: { '1K': 63_000 },
    aspectRatios: ['1:1', '3:2', '2:3'],
    references: 10,
  },
  { ...words, id: 'gpt-5-mini', provider: 'openai', label: 'GPT-5 mini' },
  {
    ...plain,
    id: 'current',
    provider: 'automatic1111',
    label: 'Stable Diffusion',
    prices: { '1K': 0 },
    references: 1,
    negativePrompt: true,
  },
];

/** @returns the model with this id, or undefined where a database names one that this version has dropped. */
export function findModel(id: string): Model | undefined {
  return models.find((model) => model.id === id);
}

/** @returns the sizes that a model makes; of one that nobody knows here any may be asked: its provider will say. */
export function resolutionsOf(provider: ProviderId, modelId: string): readonly PictureResolution[] {
  const model = findModel(modelId);
  if (!model) return providers[provider].local ? ['1K'] : pictureResolutions;
  return pictureResolutions.filter((resolution) => model.prices[resolution] !== undefined);
}

/** @returns the shapes that a model makes; all of them for one that is not known here: its provider will say. */
export function aspectRatiosOf(modelId: string): readonly AspectRatio[] {
  return findModel(modelId)?.aspectRatios ?? aspectRatios;
}

/** @returns the shape, or the one nearest to it that the model makes. */
export function nearestRatio(modelId: string, wanted: AspectRatio): AspectRatio {
  const width = (ratio: AspectRatio) => Math.log(pictureSizes[ratio].width / pictureSizes[ratio].height);
  const distance = (ratio: AspectRatio) => Math.abs(width(ratio) - width(wanted));
  return aspectRatiosOf(modelId).reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}

/** @returns the price of one picture in millionths of a US dollar; null where it is not known. */
export function priceOf(
  modelId: string,
  { resolution = '1K', aspectRatio = '1:1' }: Partial<Pick<PictureParams, 'resolution' | 'aspectRatio'>> = {},
): number | null {
  const model = findModel(modelId);
  const prices = (aspectRatio === '1:1' ? undefined : model?.oblongPrices) ?? model?.prices;
  return prices?.[resolution] ?? prices?.['1K'] ?? null;
}

/** Of 32 bits, as the Stable Diffusion web UI draws its own, and so do others whose pictures are brought in. */
export const maxSeed = 4_294_967_295;
export const seedSchema = z.int().min(0).max(maxSeed);

/** What a picture was asked for, beside its prompt. Kept as JSON in its row before any request leaves. */
export const pictureParamsSchema = z.object({
  aspectRatio: aspectRatioSchema,
  /** Where a provider takes one: the same prompt and seed give the same picture. 0 to 2^32 - 1. */
  seed: seedSchema,
  /** Whether the person asked for this seed; otherwise chance chose it. */
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
