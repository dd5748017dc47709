// What a person can set, and what holds until they do.
import { z } from 'zod';
import { aspectRatioSchema, providerIds } from './models';

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** `automatic`: Google when there is a key, else the offline painter. */
  provider: z.enum(['automatic', ...providerIds]),
  aspectRatio: aspectRatioSchema,
  sidebar: z.enum(['open', 'closed']),
  /** Whether a provider's own file stays when a smaller one for the screen could take its place. */
  keepOriginals: z.boolean(),
  /** When a picture of the gallery answers instead of a provider. `same-seed`: only to a seed that was chosen. */
  reusePictures: z.enum(['same-seed', 'same-prompt', 'never']),
  /** Whether a free, local provider begins a picture while the person pauses over its words. */
  predict: z.boolean(),
  /** How many days something stays in Trash. */
  trashDays: z.int().min(1).max(365),
});

export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  theme: 'system',
  provider: 'automatic',
  aspectRatio: '3:2',
  sidebar: 'open',
  keepOriginals: true,
  reusePictures: 'same-seed',
  predict: true,
  trashDays: 30,
};
