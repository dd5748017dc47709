// What a person can set, and what holds until they do.
import { z } from 'zod';
import { aspectRatioSchema, providerIds } from './models';

export const galleryDensities = ['large', 'medium', 'small'] as const;

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** `automatic`: Google when there is a key, else the offline painter. */
  provider: z.enum(['automatic', ...providerIds]),
  aspectRatio: aspectRatioSchema,
  sidebar: z.enum(['open', 'closed']),
  /** Whether a provider's own file stays when a smaller one for the screen could take its place. */
  keepOriginals: z.boolean(),
  /** How large the gallery shows its pictures; `small` shows months instead of days. */
  galleryDensity: z.enum(galleryDensities),
  /** What the person looked at last in the gallery: a picture, and how far below the top its row began (pixels). */
  galleryPlace: z.strictObject({ id: z.uuid(), offset: z.number() }).nullable(),
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
  galleryDensity: 'medium',
  galleryPlace: null,
  trashDays: 30,
};
