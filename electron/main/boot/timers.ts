// Timers in the form in which rooms take them, so that tests can pass their own.
import type { LongTasks } from '../../../shared/domain/long-tasks';

export function after(milliseconds: number, work: () => void): void {
  setTimeout(work, milliseconds);
}

export function every(milliseconds: number, work: () => void): void {
  setInterval(work, milliseconds);
}

/** Returns a `soon` whose work is measured under a name. */
export function measuredSoon({ measure }: Pick<LongTasks, 'measure'>, name: string): typeof soon {
  return (work) => soon(() => measure(name, work));
}

/** Runs `work` after the current turn, once a reply has left. */
export function soon(work: () => void): void {
  setImmediate(work);
}
