// How many pictures a provider may be asked for, and how much a month may cost.
import { z } from 'zod';
import { providers } from './model-catalogue';
import { type ProviderId, providerIdSchema } from './models';

const most = z.int().min(1).max(100_000).nullable();

/** Null: as many as one likes. */
export const limitsSchema = z.strictObject({ perMinute: most, perDay: most });
export type Limits = z.infer<typeof limitsSchema>;

/** What the user has set, by provider. */
export const savedLimitsSchema = z.partialRecord(providerIdSchema, limitsSchema);
export type SavedLimits = z.infer<typeof savedLimitsSchema>;

/** Micro-dollars a calendar month, in local time; null: no cap. At most a million dollars. */
export const monthlyCapSchema = z.int().min(0).max(1_000_000_000_000).nullable();

/** Enough for any user, and a stop to what nobody meant to send. */
const billed: Limits = { perMinute: 20, perDay: 500 };
const unlimited: Limits = { perMinute: null, perDay: null };

/** @returns what holds for a provider: what is saved, else the default. */
export function limitsOf(provider: ProviderId, saved: SavedLimits): Limits {
  return saved[provider] ?? (providers[provider].local ? unlimited : billed);
}
