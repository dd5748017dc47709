// For the simulation: timers and the turns of the event loop in virtual time, one after another.

export type SimulatedTime = ReturnType<typeof createSimulatedTime>;

/** More turns without any time passing are an endless loop. */
const maxTurns = 1000;

type Timer = { at: number; order: number; work: () => void };

export function createSimulatedTime() {
  let elapsedMs = 0;
  let order = 0;
  let timers: Timer[] = [];
  const turns: (() => void)[] = [];

  /** Lets every promise that can settle do so. */
  async function settlePromises(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  async function runTurns(): Promise<void> {
    await settlePromises();
    let count = 0;
    for (let turn = turns.shift(); turn; turn = turns.shift()) {
      count += 1;
      if (count > maxTurns) throw new Error('The event loop never comes to rest.');
      turn();
      await settlePromises();
    }
  }

  return {
    /** Milliseconds since the simulation began. No clock change affects it. */
    elapsed: () => elapsedMs,
    after(milliseconds: number, work: () => void): void {
      order += 1;
      timers.push({ at: elapsedMs + milliseconds, order, work });
    },
    later: (work: () => void) => void turns.push(work),
    runTurns,
    /** Runs everything that is due within a duration. */
    async advance(milliseconds: number): Promise<void> {
      const until = elapsedMs + milliseconds;
      await runTurns();
      for (;;) {
        timers.sort((a, b) => a.at - b.at || a.order - b.order);
        const [next] = timers;
        if (!next || next.at > until) break;
        timers.shift();
        elapsedMs = next.at;
        next.work();
        await runTurns();
      }
      elapsedMs = until;
    },
    /** Returns whether nothing is left to happen. */
    isQuiet: () => timers.length === 0 && turns.length === 0,
    /** Forgets everything that was to happen, as a killed process does. */
    forget(): void {
      timers = [];
      turns.length = 0;
    },
  };
}
