// The last things that can be undone. A notice offers each for a few seconds, and Ctrl+Z also shortly afterwards.
import { create } from 'zustand';

export type Undoable = {
  /** What happened, as its notice says. */
  text: string;
  /** Undoes it, and reports by itself if its data are gone. A promise lasts until it has ended. */
  run: () => unknown;
  /** The ids of what it has changed, if others can change that again. */
  about?: readonly string[];
  /** When it happened, in UTC milliseconds. */
  at: number;
  /** Removes its notice, if that is still shown. */
  dismiss: () => void;
};

/** Later than this nobody expects Ctrl+Z to bring back a conversation that was deleted long ago. */
export const maxUndoAgeMs = 10 * 60_000;
const maxUndoables = 10;

type UndoStack = {
  /** Oldest first. */
  undoables: readonly Undoable[];
  /**
   * Adds what has just happened.
   *
   * @returns it, or null while something is being undone: the next Ctrl+Z must go on to what was before.
   */
  push: (undoable: Undoable) => Undoable | null;
  /** Undoes one of them. @returns false if that was done already. */
  undo: (undoable: Undoable) => Promise<boolean>;
  /** Removes what cannot be undone any more. */
  forget: (isPast: (undoable: Undoable) => boolean) => void;
  /** What is being undone; undefined if nothing is. */
  undoing: () => Undoable | undefined;
};

export const useUndoStack = create<UndoStack>()((set) => {
  /** Oldest first. */
  const running: Undoable[] = [];
  const done = new WeakSet<Undoable>();
  return {
    undoables: [],

    push(undoable) {
      if (running.length > 0) return null;
      set(({ undoables }) => ({ undoables: [...undoables.slice(1 - maxUndoables), undoable] }));
      return undoable;
    },

    async undo(undoable) {
      if (done.has(undoable)) return false;
      done.add(undoable);
      set(({ undoables }) => ({ undoables: undoables.filter((each) => each !== undoable) }));
      undoable.dismiss();
      running.push(undoable);
      try {
        await undoable.run();
      } finally {
        running.splice(running.indexOf(undoable), 1);
      }
      return true;
    },

    forget(isPast) {
      set(({ undoables }) => ({ undoables: undoables.filter((undoable) => !isPast(undoable)) }));
    },

    undoing: () => running.at(-1),
  };
});

/** Returns what Ctrl+Z would undo. A clock that was set back makes nothing older. */
export function newestUndoable(undoables: readonly Undoable[], now: number): Undoable | undefined {
  const newest = undoables.at(-1);
  return newest && now - newest.at <= maxUndoAgeMs ? newest : undefined;
}
