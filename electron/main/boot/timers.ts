// Timers in the form in which rooms take them, so that tests can pass their own. They end before what they need does.
import type { LongTasks } from '../../../shared/domain/long-tasks';

export type Timers = ReturnType<typeof createTimers>;

export function createTimers() {
  let hasEnded = false;

  function unlessEnded(work: () => void): () => void {
    return () => {
      if (!hasEnded) work();
    };
  }

  /** Runs `work` after the current turn, once a reply has left. */
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
    /** What waits does not begin any more, because the database and the processes end. */
    end(): void {
      hasEnded = true;
    },
  };
}

/** Those of the app. */
export const timers = createTimers();
