// Counts and costs as services report them, which may be anything.
import { z } from 'zod';

/** No request has more tokens; a larger number is an error of the service. */
const maxTokens = 1_000_000_000;

/** A million dollars. No request costs more. */
const maxCostMicroUsd = 1_000_000_000_000;

/** Reads a count of tokens; null if it is missing or not a plausible count, such as -5, 1e300 or "12". */
export const tokenCountSchema = z.number().min(0).max(maxTokens).nullish().catch(null);

/** Returns the cost in whole micro-dollars; null if it is not a plausible amount. */
export function plausibleCost(costMicroUsd: number | null): number | null {
  if (costMicroUsd === null || !(costMicroUsd >= 0 && costMicroUsd <= maxCostMicroUsd)) return null;
  return Math.ceil(costMicroUsd);
}
