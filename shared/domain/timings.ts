// Summaries of durations. Every figure that is shown uses these definitions.

export type Timing = {
  name: string;
  count: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  last: number;
};

/** Returns the nearest-rank quantile of ascending numbers; 0 for an empty list. */
export function quantile(sorted: readonly number[], fraction: number): number {
  const rank = Math.max(0, Math.ceil(fraction * sorted.length) - 1);
  return sorted[rank] ?? 0;
}

/** @param durations milliseconds, oldest first. */
export function summarise(name: string, durations: readonly number[]): Timing {
  const sorted = durations.toSorted((a, b) => a - b);
  return {
    name,
    count: durations.length,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    last: durations.at(-1) ?? 0,
  };
}
