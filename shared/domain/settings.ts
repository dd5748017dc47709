// The settings and their defaults.
import { z } from 'zod';
import { languageSettingSchema } from '../languages/languages';
import { monthlyCapSchema } from './limits';
import { aspectRatioSchema, pictureParamsSchema, pictureResolutionSchema } from './models';
import { serviceIdSchema } from './services';
import { starterNameSchema, starterNames } from './styles';
import { wordListsSchema } from './word-lists';

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  language: languageSettingSchema,
  /** The id of a service. `automatic`: see choose-provider.ts. */
  provider: z.union([z.literal('automatic'), serviceIdSchema]),
  aspectRatio: aspectRatioSchema,
  /** Whether to keep the provider's original file in addition to the smaller display file. */
  keepOriginals: z.boolean(),
  /** Quality of the display files, on WebP's scale. */
  displayQuality: z.int().min(60).max(100),
  /** When to show a picture of the gallery instead of making it again. `same-seed`: only if the user chose the seed. */
  reusePictures: z.enum(['same-seed', 'same-prompt', 'never']),
  /** Whether a free, local provider prefetches a picture while the user pauses typing. */
  prefetch: z.boolean(),
  /** The same for a provider that charges. A prefetched picture may cost as much as a requested one. */
  prefetchBilled: z.boolean(),
  /** Whether saved copies contain the recipe; otherwise they are identical to the stored file. */
  embedRecipes: z.boolean(),
  /** Quality of copies that are saved as JPEG or WebP from a picture of another format. */
  copyQuality: z.int().min(60).max(100),
  /** Number of days after which Trash is deleted permanently. */
  trashDays: z.int().min(1).max(365),
  /** Whether a service of a hosted kind may have an address on this computer or in the local network. */
  allowPrivateAddresses: z.boolean(),
  /** Resolution of new pictures, if the model offers it. */
  resolution: pictureResolutionSchema,
  /** Parameters for the Stable Diffusion web UI, which chooses absent ones itself. */
  diffusion: pictureParamsSchema.pick({ negativePrompt: true, steps: true, sampler: true }).strict(),
  monthlyCapMicroUsd: monthlyCapSchema,
  /** Whether to ask daily for a newer version. The user can always ask. */
  checkForUpdates: z.boolean(),
  /** Downloads a dictionary, except on macOS, which has its own. */
  checkSpelling: z.boolean(),
  /** Whether to notify the user of a finished picture while the window is in the background. */
  notifications: z.boolean(),
  promptInNotifications: z.boolean(),
  /** Words for prompt patterns. */
  wordLists: wordListsSchema,
  /** Starter styles that the user does not want to see. */
  hiddenStarters: z.array(starterNameSchema).max(starterNames.length),
});

export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  provider: 'automatic',
  aspectRatio: '3:2',
  keepOriginals: true,
  displayQuality: 90,
  reusePictures: 'same-seed',
  prefetch: true,
  prefetchBilled: false,
  embedRecipes: true,
  copyQuality: 92,
  trashDays: 30,
  allowPrivateAddresses: false,
  resolution: '1K',
  diffusion: {},
  monthlyCapMicroUsd: null,
  checkForUpdates: true,
  checkSpelling: false,
  notifications: true,
  promptInNotifications: true,
  wordLists: [],
  hiddenStarters: [],
};
