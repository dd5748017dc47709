// Reads how full the limits are, what was spent and how long a picture takes.
import type { Costs, Estimate, Usage } from '../../../shared/contract/usage';
import type { Limits } from '../../../shared/domain/limits';
import type { PictureResolution, ProviderId } from '../../../shared/domain/models';
import type { ReadStore } from '../db/open';
import { type AdmissionOptions, requestTimesOf, spentThisMonth, startOfDay } from './admission';
import { dayMs, measure, minuteMs } from './rate-limit';

/** An estimate from fewer pictures means nothing. */
const minSamples = 3;
const shownMonths = 12;

export type UsageOptions = Pick<AdmissionOptions, 'waitingPictures' | 'now'> & {
  store: Pick<ReadStore, 'charges' | 'generationLog' | 'settings'>;
  activeProvider: () => { id: ProviderId; pictureModel: string };
  limits: (provider: ProviderId) => Limits;
};

export type UsageReader = ReturnType<typeof createUsage>;

export function createUsage({ store, activeProvider, now, limits, waitingPictures }: UsageOptions) {
  const { charges, generationLog } = store;

  return {
    /** Returns how full the limits of the active provider are, and what was spent. */
    read(): Usage {
      const at = now();
      const { id: provider, pictureModel: model } = activeProvider();
      const requestTimes = requestTimesOf({ store, waitingPictures, now }, provider);
      const { perMinute, perDay } = limits(provider);
      return {
        provider,
        model,
        minute: measure(requestTimes, perMinute, minuteMs, at),
        day: measure(requestTimes, perDay, dayMs, at),
        spentTodayMicroUsd: charges.spent(startOfDay(at), at + dayMs),
        spentMonthMicroUsd: spentThisMonth(store, at),
        capMicroUsd: store.settings.read().monthlyCapMicroUsd,
      };
    },
    /** Returns how long this model takes, from the user's own log; null if the log has too few pictures. */
    estimate(provider: ProviderId, model: string, resolution: PictureResolution): Estimate | null {
      const durations = generationLog.durations(provider, model, resolution);
      if (durations.length < minSamples) return null;
      const quantile = (part: number) => durations[Math.ceil(part * durations.length) - 1] ?? 0;
      return { p50: quantile(0.5), p95: quantile(0.95), count: durations.length };
    },
    costs(): Costs {
      const date = new Date(now());
      const from = new Date(date.getFullYear(), date.getMonth() - shownMonths + 1, 1).getTime();
      return { days: charges.daily(from) };
    },
  };
}
