// Amounts of money as services state them.
import { z } from 'zod';

/** Dollars, as micro-dollars; null for anything else than a plausible amount. */
export const dollarsSchema = z
  .number()
  .nonnegative()
  .max(1000)
  .transform((dollars) => Math.ceil(Number((dollars * 1_000_000).toFixed(3))))
  .nullish()
  .catch(null);
