// Limits, costs and estimates as the screen knows them: read again a moment after pictures begin or end.
import { create } from 'zustand';
import type { Estimate, Usage } from '../../../shared/contract/usage';
import type { PictureResolution, ProviderId } from '../../../shared/domain/models';
import { request } from '../../ipc';

type UsageState = {
  /** Null until it has been read. */
  usage: Usage | null;
  /** By provider, model and resolution; null where too little is known. */
  estimates: Readonly<Record<string, Estimate | null>>;
  refresh: () => Promise<void>;
  /** Reads once, a moment later, however often it is called. */
  refreshSoon: () => void;
  readEstimate: (provider: ProviderId, model: string, resolution: PictureResolution) => Promise<void>;
};

/** Behind what the user waits for. */
const aMomentMs = 200;
const lookAgainMs = 5_000;

let timer: ReturnType<typeof setTimeout> | undefined;

export const useUsage = create<UsageState>()((set, get) => ({
  usage: null,
  estimates: {},

  async refresh() {
    const reply = await request('usage:read', {});
    if (!reply.ok) return;
    set({ usage: reply.value });
    // The minute moves on by itself.
    clearTimeout(timer);
    if (reply.value.minute.used > 0) timer = setTimeout(() => void get().refresh(), lookAgainMs);
  },

  refreshSoon() {
    clearTimeout(timer);
    timer = setTimeout(() => void get().refresh(), aMomentMs);
  },

  async readEstimate(provider, model, resolution) {
    const reply = await request('usage:estimate', { provider, model, resolution });
    if (!reply.ok) return;
    set(({ estimates }) => ({
      estimates: { ...estimates, [estimateKey(provider, model, resolution)]: reply.value },
    }));
  },
}));

export function estimateKey(provider: ProviderId, model: string, resolution: PictureResolution): string {
  return `${provider} ${resolution} ${model}`;
}
