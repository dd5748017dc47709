// Amounts of money as services state them.
import { z } from 'zod';
import { plausibleCost } from '../../../shared/domain/amounts';
import { optional } from './tolerant';

/** Reads dollars as micro-dollars; null for anything but a plausible amount. */
export const dollarsSchema = z
  .number()
  .transform((dollars) => plausibleCost(dollars * 1_000_000))
  .nullish()
  .catch(null);

/** One dollar is 10^10 ticks: https://docs.x.ai/docs/api-reference */
const ticksPerMicroUsd = 10_000;

/**
 * The cost that an answer itself reports. `cost` is in dollars:
 * https://openrouter.ai/docs/use-cases/usage-accounting
 */
export const reportedCostSchema = z.object({
  cost: dollarsSchema,
  cost_in_usd_ticks: optional(z.number()),
});

/** Returns micro-dollars, rounded up; null if the answer reports no cost. */
export function reportedCost({
  cost,
  cost_in_usd_ticks: ticks,
}: z.infer<typeof reportedCostSchema>): number | null {
  return plausibleCost(ticks == null ? null : ticks / ticksPerMicroUsd) ?? cost ?? null;
}
