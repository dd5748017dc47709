// Reads how full the limits are and what was spent.
import type { Usage } from '../../../shared/contract/usage';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import type { Limits } from '../../../shared/domain/limits';
import type { ServiceId } from '../../../shared/domain/services';
import type { ReadStore } from '../db/open';
import { type AdmissionOptions, requestTimesOf, spentThisMonth } from './admission';
import { dayMs, minuteMs, untilOldestLeaves, usedIn } from './rate-limit';

export type UsageOptions = Pick<AdmissionOptions, 'waitingPictures' | 'now'> & {
  store: Pick<ReadStore, 'charges' | 'settings'>;
  activeProvider: () => { id: ServiceId };
  limits: (provider: ServiceId) => Limits;
};

export type UsageReader = ReturnType<typeof createUsage>;

export function createUsage({ store, activeProvider, now, limits, waitingPictures }: UsageOptions) {
  return {
    /**
     * Returns how full the limits of a service are, and what was spent.
     *
     * @param chosen absent: the provider in use.
     */
    read(chosen?: ChosenModel): Usage {
      const at = now();
      const provider = chosen?.serviceId ?? activeProvider().id;
      const requestTimes = requestTimesOf({ store, waitingPictures, now }, provider);
      const { perMinute, perDay } = limits(provider);
      return {
        provider,
        minute: { used: usedIn(requestTimes, minuteMs, at), limit: perMinute },
        day: { used: usedIn(requestTimes, dayMs, at), limit: perDay },
        minuteChangesInMs: untilOldestLeaves(requestTimes, minuteMs, at),
        spentMonthMicroUsd: spentThisMonth(store, at),
        capMicroUsd: store.settings.read().monthlyCapMicroUsd,
      };
    },
  };
}
