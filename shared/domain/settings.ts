// What a user can set, and what holds until they do.
import { z } from 'zod';
import { addressesSchema, refuseAddress } from './addresses';
import { monthlyCapSchema, savedLimitsSchema } from './limits';
import {
  aspectRatioSchema,
  pictureParamsSchema,
  pictureResolutionSchema,
  providerIdSchema,
  providerIds,
} from './models';

/** As providers name their models: letters, digits and a few signs. */
export const modelIdSchema = z
  .string()
  .trim()
  .regex(/^[\w.:/@ ()[\]-]{1,200}$/);

const chosenModelsSchema = z.partialRecord(
  providerIdSchema,
  z.strictObject({ picture: modelIdSchema.optional(), text: modelIdSchema.optional() }),
);

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** `automatic`: Google when there is a key, else the offline painter. */
  provider: z.enum(['automatic', ...providerIds]),
  aspectRatio: aspectRatioSchema,
  /** Whether a provider's own file stays when a smaller one for the screen could take its place. */
  keepOriginals: z.boolean(),
  /** Of the smaller files that the screen shows: WebP's own scale. */
  displayQuality: z.int().min(60).max(100),
  /** When a picture of the gallery answers instead of a provider. `same-seed`: only to a seed that was chosen. */
  reusePictures: z.enum(['same-seed', 'same-prompt', 'never']),
  /** Whether a free, local provider prefetches a picture while the user pauses typing. */
  prefetch: z.boolean(),
  /** The same for a provider that charges: a prefetched picture may cost as much as a requested one. */
  prefetchBilled: z.boolean(),
  /** Whether a saved copy tells how it was made; else it is byte for byte the picture that is kept. */
  embedRecipes: z.boolean(),
  /** How many days something stays in Trash. */
  trashDays: z.int().min(1).max(365),
  /** Pictures a minute and a day, for each provider where the default does not hold. */
  limits: savedLimitsSchema,
  /** Where a provider is asked, where it is not at its usual address. */
  addresses: addressesSchema,
  /** Whether a provider that is not local by nature may be at an address of this machine or the local network. */
  allowPrivateAddresses: z.boolean(),
  /** The models that the user has chosen, for each provider where the default does not hold. */
  models: chosenModelsSchema,
  /** Of a new picture, where the model offers it. */
  resolution: pictureResolutionSchema,
  /** What the Stable Diffusion web UI is told; what is absent is its own choice. */
  diffusion: pictureParamsSchema.pick({ negativePrompt: true, steps: true, sampler: true }).strict(),
  monthlyCapMicroUsd: monthlyCapSchema,
  /** Where it takes a dictionary from the internet; macOS checks by itself. */
  checkSpelling: z.boolean(),
  /** Whether the system tells of a picture that has landed while the window is not in front. */
  notifications: z.boolean(),
  promptInNotifications: z.boolean(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** @returns why settings that each are valid cannot be together; null where they can. */
export function refuseSettings({
  addresses,
  allowPrivateAddresses,
}: Pick<Settings, 'addresses' | 'allowPrivateAddresses'>): 'bad_address' | 'private_address' | null {
  for (const [provider, address] of Object.entries(addresses)) {
    const id = providerIdSchema.safeParse(provider).data;
    const refused = id && address && refuseAddress(id, address, allowPrivateAddresses);
    if (refused) return refused;
  }
  return null;
}

export const defaultSettings: Settings = {
  theme: 'system',
  provider: 'automatic',
  aspectRatio: '3:2',
  keepOriginals: true,
  displayQuality: 90,
  reusePictures: 'same-seed',
  prefetch: true,
  prefetchBilled: false,
  embedRecipes: true,
  trashDays: 30,
  limits: {},
  addresses: {},
  allowPrivateAddresses: false,
  models: {},
  resolution: '1K',
  diffusion: {},
  monthlyCapMicroUsd: null,
  checkSpelling: false,
  notifications: true,
  promptInNotifications: true,
};
