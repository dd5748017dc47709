// Amounts of money as services state them.
import { z } from 'zod';
import { plausibleCost } from '../../../shared/domain/amounts';
import { optional } from './tolerant';

/** Dollars, as micro-dollars; null for anything else than a plausible amount. */
export const dollarsSchema = z
  .number()
  .transform((dollars) => plausibleCost(dollars * 1_000_000))
  .nullish()
  .catch(null);

/** 10^10 ticks are a dollar: https://docs.x.ai/docs/api-reference */
const ticksPerMicroUsd = 10_000;

/**
 * What an answer itself says that it cost. `cost` is in dollars:
 * https://openrouter.ai/docs/use-cases/usage-accounting
 */
export const reportedCostSchema = z.object({
  cost: dollarsSchema,
  cost_in_usd_ticks: optional(z.number()),
});

/** Returns micro-dollars, rounded up; null if the answer does not say it. */
export function reportedCost({
  cost,
  cost_in_usd_ticks: ticks,
}: z.infer<typeof reportedCostSchema>): number | null {
  return plausibleCost(ticks == null ? null : ticks / ticksPerMicroUsd) ?? cost ?? null;
}
