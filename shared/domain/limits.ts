// Limits on the number of pictures and on the monthly cost.
import { z } from 'zod';

const limit = z.int().min(1).max(100_000).nullable();

/** Null: unlimited. */
export const limitsSchema = z.strictObject({ perMinute: limit, perDay: limit });
export type Limits = z.infer<typeof limitsSchema>;

/** Micro-dollars a calendar month, in local time; null: no cap. At most a million dollars. */
export const monthlyCapSchema = z.int().min(0).max(1_000_000_000_000).nullable();

/** The default for a service that charges: enough for ordinary use, and a stop for runaway requests. */
const billed: Limits = { perMinute: 20, perDay: 500 };
const unlimited: Limits = { perMinute: null, perDay: null };

/** Returns the limits of a service: the saved ones, otherwise the default. */
export function limitsOf({ local }: { local: boolean }, saved: Limits | null): Limits {
  return saved ?? (local ? unlimited : billed);
}

/** Maximum time for which a picture is postponed once, by its provider's rate limit or by the user's limit. */
export const maxPostponementMs = 180_000;
