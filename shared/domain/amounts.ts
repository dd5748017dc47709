// Counts and costs as services report them, which may be anything.
import { z } from 'zod';

/** More than any model takes: a larger number is an error of the service. */
const maxTokens = 10_000_000;

/** A thousand dollars. No request costs more. */
const maxCostMicroUsd = 1_000_000_000;

/** Reads a count of tokens; null if it is missing or not a plausible count, such as -5, 0.5, 1e300 or "12". */
export const tokenCountSchema = z.int().min(0).max(maxTokens).nullish().catch(null);

/** Returns the cost in whole micro-dollars, rounded up; null if it is not a plausible amount. */
export function plausibleCost(costMicroUsd: number | null): number | null {
  if (costMicroUsd === null || !(costMicroUsd >= 0 && costMicroUsd <= maxCostMicroUsd)) return null;
  // 0.07 dollars are 70,000.000…1 micro-dollars.
  return Math.ceil(Number(costMicroUsd.toFixed(3)));
}
