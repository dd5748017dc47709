// The providers and models that Afterimage knows, and the shapes a picture can have.
import { z } from 'zod';

export const providerIds = ['painter', 'google'] as const;
export const providerIdSchema = z.enum(providerIds);
export type ProviderId = z.infer<typeof providerIdSchema>;

export type Model = {
  id: string;
  provider: ProviderId;
  /** As shown under a picture. */
  label: string;
  /** Price of one picture at its default size, in millionths of a US dollar. */
  priceMicroUsd: number;
};

export type ProviderDescription = {
  id: ProviderId;
  label: string;
  /** Free and on this machine: its work may be repeated without asking. */
  local: boolean;
  /** How many pictures it may make at once. */
  concurrency: number;
  /** Whether the same prompt, shape and seed give the same picture. */
  takesSeed: boolean;
  defaultModel: string;
};

export const providers: Readonly<Record<ProviderId, ProviderDescription>> = {
  painter: {
    id: 'painter',
    label: 'Offline painter',
    local: true,
    concurrency: 2,
    takesSeed: true,
    defaultModel: 'painter-1',
  },
  google: {
    id: 'google',
    label: 'Google',
    local: false,
    concurrency: 4,
    takesSeed: false,
    defaultModel: 'gemini-nano-banana-2.1',
  },
};

/** Prices as listed at https://ai.google.dev/gemini-api/docs/pricing in October 2026. */
export const models: readonly Model[] = [
  { id: 'painter-1', provider: 'painter', label: 'Offline sketch', priceMicroUsd: 0 },
  {
    id: 'gemini-nano-banana-2.1',
    provider: 'google',
    label: 'Nano Banana 2.1',
    priceMicroUsd: 33_600,
  },
];

/** @returns the model with this id, or undefined where a database names one that this version has dropped. */
export function findModel(id: string): Model | undefined {
  return models.find((model) => model.id === id);
}

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

export const largestSeed = 2_147_483_647;
export const seedSchema = z.int().min(0).max(largestSeed);

/** What a picture was asked for, beside its prompt. Kept as JSON in its row before any request leaves. */
export const pictureParamsSchema = z.object({
  aspectRatio: aspectRatioSchema,
  /** Where a provider takes one: the same prompt and seed give the same picture. 0 to 2^31 - 1. */
  seed: seedSchema,
  /** Whether the person asked for this seed; otherwise chance chose it. */
  seedChosen: z.literal(true).optional(),
});
export type PictureParams = z.infer<typeof pictureParamsSchema>;
