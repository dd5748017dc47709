// Runs the looks at watched folders one after the other, each when it is due.

export type ScanScheduleOptions = {
  /** Returns when the next look is due (ms on the clock of `elapsed`); infinite: none is. */
  nextAt: () => number;
  /** Looks at all folders that are due. Must not reject. */
  scanDue: () => Promise<void>;
  elapsed: () => number;
  signal: AbortSignal;
};

export function createScanSchedule({ nextAt, scanDue, elapsed, signal }: ScanScheduleOptions) {
  let looking: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isStarted = false;

  function plan(): void {
    if (!isStarted || looking || signal.aborted) return;
    clearTimeout(timer);
    const next = nextAt();
    if (next !== Number.POSITIVE_INFINITY) timer = setTimeout(run, Math.max(0, next - elapsed()));
  }

  function run(): void {
    if (looking || signal.aborted) return;
    looking = scanDue().finally(() => {
      looking = null;
      plan();
    });
  }

  return {
    /** Begins with the looks that are due. */
    start(): void {
      isStarted = true;
      plan();
    },
    /** Plans the next look anew, because one is due earlier. */
    plan,
    isLooking: () => looking !== null,
    /** Resolves when no look is under way. */
    idle: async (): Promise<void> => looking ?? undefined,
    close: () => clearTimeout(timer),
  };
}
