// How long things take, for the diagnostics view: the last few hundred of each, in memory only.

import type { Timing } from '../../../shared/domain/timings';
import { summarise } from '../../../shared/domain/timings';

const kept = 500;

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const samples = new Map<string, number[]>();

  return {
    /** @param milliseconds a duration. */
    record(name: string, milliseconds: number): void {
      const list = samples.get(name) ?? [];
      list.push(milliseconds);
      if (list.length > kept) list.shift();
      samples.set(name, list);
    },
    /** @returns one line a name, in the order in which the names first came up. */
    summary(): Timing[] {
      return [...samples].map(([name, list]) => summarise(name, list));
    },
  };
}
