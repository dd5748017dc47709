// What a person can set, and what holds until they do.
import { z } from 'zod';
import { monthlyCapSchema, savedLimitsSchema } from './limits';
import { aspectRatioSchema, providerIds } from './models';

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** `automatic`: Google when there is a key, else the offline painter. */
  provider: z.enum(['automatic', ...providerIds]),
  aspectRatio: aspectRatioSchema,
  sidebar: z.enum(['open', 'closed']),
  /** Whether a provider's own file stays when a smaller one for the screen could take its place. */
  keepOriginals: z.boolean(),
  /** Of the smaller files that the screen shows: WebP's own scale. */
  displayQuality: z.int().min(60).max(100),
  /** How many days something stays in Trash. */
  trashDays: z.int().min(1).max(365),
  /** Pictures a minute and a day, for each provider where the default does not hold. */
  limits: savedLimitsSchema,
  monthlyCapMicroUsd: monthlyCapSchema,
});

export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  theme: 'system',
  provider: 'automatic',
  aspectRatio: '3:2',
  sidebar: 'open',
  keepOriginals: true,
  displayQuality: 90,
  trashDays: 30,
  limits: {},
  monthlyCapMicroUsd: null,
};
