// Limits, costs and estimates. They are read again shortly after a picture starts or ends.

import { create } from 'zustand';
import type { Estimate, Usage } from '../../../shared/contract/usage';
import type { PictureResolution } from '../../../shared/domain/models';
import type { ServiceId } from '../../../shared/domain/services';
import { request } from '../../ipc';
import { chosenModelField } from '../settings/chosen-model-store';

type UsageState = {
  /** Null until it is loaded. */
  usage: Usage | null;
  /** By provider, model and resolution; null if too few pictures were made for an estimate. */
  estimates: Readonly<Record<string, Estimate | null>>;
  refresh: () => Promise<void>;
  /** Refreshes once after a short delay, however often it is called. */
  refreshSoon: () => void;
  readEstimate: (provider: ServiceId, model: string, resolution: PictureResolution) => Promise<void>;
};

/** Delay after an event, so that the refresh does not compete with more urgent work. */
const refreshDelayMs = 200;
/** Margin, because a timer may end slightly early by the clock of another process. */
const marginMs = 100;

export const useUsage = create<UsageState>()((set, get) => {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function refreshAfter(delayMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void get().refresh(), delayMs);
  }

  return {
    usage: null,
    estimates: {},

    async refresh() {
      const reply = await request('usage:read', chosenModelField());
      if (!reply.ok) return;
      set({ usage: reply.value });
      // The usage of the last minute changes without any event.
      clearTimeout(timer);
      const { minuteChangesInMs } = reply.value;
      if (minuteChangesInMs !== null) refreshAfter(minuteChangesInMs + marginMs);
    },

    refreshSoon() {
      refreshAfter(refreshDelayMs);
    },

    async readEstimate(provider, model, resolution) {
      const reply = await request('usage:estimate', { provider, model, resolution });
      if (!reply.ok) return;
      set(({ estimates }) => ({
        estimates: { ...estimates, [estimateKey(provider, model, resolution)]: reply.value },
      }));
    },
  };
});

/** Returns the key under which an estimate is kept. */
export function estimateKey(provider: ServiceId, model: string, resolution: PictureResolution): string {
  return `${provider} ${resolution} ${model}`;
}
