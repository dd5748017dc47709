// Reads for costs, and for how long pictures take.
import type { RequestInput } from '../../../shared/contract';
import type { Estimate, ModelUse } from '../../../shared/contract/usage';
import { quantile } from '../../../shared/domain/timings';
import type { Reads } from '../db/read';

/** An estimate from fewer pictures means nothing. */
const minSamples = 3;

export const usageReads = {
  /** How long this model takes, from the user's own log; null if the log has too few pictures. */
  estimate: {
    run({ store }, { provider, model, resolution }: RequestInput<'usage:estimate'>): Estimate | null {
      const durations = store.generationLog.durations(provider, model, resolution);
      if (durations.length < minSamples) return null;
      return { p50: quantile(durations, 0.5), p95: quantile(durations, 0.95) };
    },
  },
  modelUses: {
    run({ store }, _input: object): ModelUse[] {
      return store.generationLog.usedModels().map(({ provider, model }) => {
        const durations = store.generationLog.newestDurations(provider, model);
        return { provider, model, usualMs: quantile(durations, 0.5) };
      });
    },
  },
  costs: {
    slices: ({ store }, _input: object) => store.charges.dailyInSlices(),
  },
} satisfies Reads;
