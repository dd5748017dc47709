// Records tasks that block a process for longer than half a frame.

/** A task that takes longer than this (ms) is recorded. */
export const longTaskMs = 8;
/** The name of a long task that has none. */
// Not shown: a name in Diagnostics.
export const unnamedTask = 'Something without a name';
/** Minimum time between two log entries with the same name (ms). */
const logIntervalMs = 60_000;

export type LongTask = {
  name: string;
  count: number;
  /** Milliseconds, as are the others. */
  worst: number;
  last: number;
};

export type LongTasks = ReturnType<typeof createLongTasks>;

/**
 * @param now a monotonic clock in milliseconds.
 * @param report is called for every long task; `isDue` says whether its name may be logged again.
 */
export function createLongTasks(
  now: () => number,
  report: (name: string, milliseconds: number, isDue: boolean) => void,
) {
  const found = new Map<string, LongTask & { loggedAt: number }>();
  let longestNamed = 0;

  function record(name: string, milliseconds: number): void {
    if (milliseconds <= longTaskMs) return;
    const known = found.get(name);
    const isDue = known === undefined || now() - known.loggedAt >= logIntervalMs;
    found.set(name, {
      name,
      count: (known?.count ?? 0) + 1,
      worst: Math.max(known?.worst ?? 0, milliseconds),
      last: milliseconds,
      loggedAt: isDue ? now() : known.loggedAt,
    });
    report(name, milliseconds, isDue);
  }

  return {
    record,
    /** Runs `work` and measures it until it returns: for an asynchronous function, until its first `await`. */
    measure<Value>(name: string, work: () => Value): Value {
      const started = now();
      try {
        return work();
      } finally {
        const milliseconds = now() - started;
        longestNamed = Math.max(longestNamed, milliseconds);
        record(name, milliseconds);
      }
    },
    /** Returns the duration of the longest measured task since the last call. */
    takeLongest(): number {
      const longest = longestNamed;
      longestNamed = 0;
      return longest;
    },
    /** Returns the long tasks by their names, the longest first. */
    summary(): LongTask[] {
      return [...found.values()]
        .map(({ name, count, worst, last }) => ({ name, count, worst, last }))
        .toSorted((a, b) => b.worst - a.worst);
    },
  };
}
