// The figures of the main process and the renderer's own measurements.
import { create } from 'zustand';
import type { Diagnostics } from '../../../shared/contract/diagnostics';
import type { Timing } from '../../../shared/domain/timings';
import { summarise } from '../../../shared/domain/timings';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';

type DiagnosticsState = {
  figures: Diagnostics | null;
  /** Measurements of the renderer, from a key press to the painted frame. */
  screen: Timing[];
  read: () => Promise<void>;
};

export const useDiagnostics = create<DiagnosticsState>()((set) => ({
  figures: null,
  screen: [],
  async read() {
    const reply = await request('diagnostics:read', {});
    if (!reply.ok) return toast(reply.message, { tone: 'problem' });
    set({ figures: reply.value, screen: measured() });
  },
}));

/** Summarises the measurements by name. */
function measured(): Timing[] {
  const byName = Map.groupBy(performance.getEntriesByType('measure'), ({ name }) => name);
  return [...byName].map(([name, entries]) =>
    summarise(
      name,
      entries.map(({ duration }) => duration),
    ),
  );
}
