// The timers passed to rooms, so that tests can pass their own. They end before the parts that their callbacks use.
import type { LongTasks } from '../../../shared/domain/long-tasks';

export type Timers = ReturnType<typeof createTimers>;

export function createTimers() {
  let hasEnded = false;

  function unlessEnded(work: () => void): () => void {
    return () => {
      if (!hasEnded) work();
    };
  }

  /** Runs `work` after the current turn of the event loop, once a reply has been sent. */
  function soon(work: () => void): void {
    setImmediate(unlessEnded(work));
  }

  return {
    soon,
    after(milliseconds: number, work: () => void): void {
      setTimeout(unlessEnded(work), milliseconds);
    },
    every(milliseconds: number, work: () => void): void {
      setInterval(unlessEnded(work), milliseconds);
    },
    /** Returns a `soon` whose work is measured under a name. */
    measuredSoon({ measure }: Pick<LongTasks, 'measure'>, name: string): typeof soon {
      return (work) => soon(() => measure(name, work));
    },
    /** Drops all waiting work, because the database and the processes are about to close. */
    end(): void {
      hasEnded = true;
    },
  };
}

/** The app's timers. */
export const timers = createTimers();
