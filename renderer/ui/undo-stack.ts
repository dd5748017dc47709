// The last things that can be undone. A notice offers each for a few seconds, and Ctrl+Z also shortly afterwards.
import { create } from 'zustand';

export type Undoable = {
  id: number;
  /** What happened, as its notice said. */
  text: string;
  /** Undoes it, and reports by itself if its data are gone. A promise lasts until it has ended. */
  run: () => unknown;
  /** When it happened, in UTC milliseconds. */
  at: number;
};

/** Later than this nobody expects Ctrl+Z to bring back a conversation that was deleted long ago. */
export const maxUndoAgeMs = 10 * 60_000;
const maxUndoables = 10;

type UndoStack = {
  /** Oldest first. */
  undoables: readonly Undoable[];
  /** Adds what has just happened. Ignored while something is being undone: Ctrl+Z must go on to what was before. */
  push: (undoable: Undoable) => void;
  /** Undoes one of them, unless that was done already. */
  undo: (id: number) => Promise<void>;
  /** Undoes the newest one. @returns it, or undefined if there is none. */
  undoNewest: (now: number) => Undoable | undefined;
};

export const useUndoStack = create<UndoStack>()((set, get) => {
  let running = 0;
  return {
    undoables: [],

    push(undoable) {
      if (running > 0) return;
      set(({ undoables }) => ({ undoables: [...undoables.slice(1 - maxUndoables), undoable] }));
    },

    async undo(id) {
      const undoable = get().undoables.find((each) => each.id === id);
      if (!undoable) return;
      set(({ undoables }) => ({ undoables: undoables.filter((each) => each !== undoable) }));
      running += 1;
      try {
        await undoable.run();
      } finally {
        running -= 1;
      }
    },

    undoNewest(now) {
      const newest = newestUndoable(get().undoables, now);
      if (newest) void get().undo(newest.id);
      return newest;
    },
  };
});

/** Returns what Ctrl+Z would undo. A clock that was set back makes nothing older. */
export function newestUndoable(undoables: readonly Undoable[], now: number): Undoable | undefined {
  const newest = undoables.at(-1);
  return newest && now - newest.at <= maxUndoAgeMs ? newest : undefined;
}
