// What can be undone in this session, and what was undone and can be done again.
import { create } from 'zustand';

/** How something is undone. */
export type Undo = {
  /** Undoes it, and reports by itself if that fails. A promise lasts until it has ended. */
  run: () => unknown;
  /** What is true once it is undone; null if `run` reports that. */
  undone: string | null;
  /** Does it again; null if that cannot be, or if `run` offers to undo what it does. */
  again: (() => unknown) | null;
};

export type Undoable = Undo & {
  /** The ids of what it has changed, if others can change that again. */
  about: readonly string[];
  /** When it happened, on the clock of `performance.now()`, which nobody can set. */
  at: number;
  /** Removes its notice, if that is still shown. */
  dismiss: () => void;
  /** Offers to undo it, after it was done again without a word. */
  offer: () => void;
};

export type Redoable = Pick<Undoable, 'about' | 'at' | 'dismiss'> & {
  undoable: Undoable;
  run: () => unknown;
};

const maxUndoables = 100;

/** An undo that has not ended, and what it has offered to undo itself. */
type Running = { undoable: Undoable; offered: Undoable | null };

type UndoStack = {
  /** Oldest first. */
  undoables: readonly Undoable[];
  /** What was undone last comes last. */
  redoables: readonly Redoable[];
  /**
   * Adds what has just happened.
   *
   * @returns it, or null while something is being undone: the next Ctrl+Z must go on to what was before, and this one is
   *   what Redo does.
   */
  push: (undoable: Undoable) => Undoable | null;
  /** Undoes one of them. @returns false if that was done already. */
  undo: (undoable: Undoable) => Promise<boolean>;
  /** Does again what was undone. @returns false if that was done already. */
  redo: (redoable: Redoable) => Promise<boolean>;
  /** Removes what can be neither undone nor done again any more. */
  forget: (isPast: (step: Pick<Undoable, 'about'>) => boolean) => void;
  /** What is being undone; undefined if nothing is. */
  undoing: () => Undoable | undefined;
  /** A problem was reported: what is being undone or done again has failed. */
  fail: () => void;
  /** Returns what does again what this has undone; undefined if nothing does. */
  redoOf: (undoable: Undoable) => Redoable | undefined;
};

export const useUndoStack = create<UndoStack>()((set, get) => {
  /** Oldest first. */
  const running: Running[] = [];
  const done = new WeakSet<Undoable | Redoable>();
  const redos = new WeakMap<Undoable, Redoable>();
  let redoing = 0;
  let failures = 0;
  return {
    undoables: [],
    redoables: [],

    push(undoable) {
      const undoing = running.at(-1);
      if (undoing) {
        undoing.offered = undoable;
        return null;
      }
      set(({ undoables, redoables }) => ({
        undoables: [...undoables.slice(1 - maxUndoables), undoable],
        // What was undone before something else happened does not fit to what is there now.
        redoables: redoing > 0 ? redoables : [],
      }));
      return undoable;
    },

    async undo(undoable) {
      if (done.has(undoable)) return false;
      done.add(undoable);
      set(({ undoables }) => ({ undoables: undoables.filter((each) => each !== undoable) }));
      undoable.dismiss();
      const undoing: Running = { undoable, offered: null };
      const before = failures;
      running.push(undoing);
      try {
        await undoable.run();
      } finally {
        running.splice(running.indexOf(undoing), 1);
      }
      const { offered } = undoing;
      const run = undoable.again ?? offered?.run;
      if (!run || failures !== before) return true;
      const { about } = undoable;
      const dismiss = offered?.dismiss ?? (() => {});
      const redoable: Redoable = { undoable, run, about, at: performance.now(), dismiss };
      redos.set(undoable, redoable);
      set(({ redoables }) => ({ redoables: [...redoables, redoable] }));
      return true;
    },

    async redo(redoable) {
      if (done.has(redoable)) return false;
      done.add(redoable);
      set(({ redoables }) => ({ redoables: redoables.filter((each) => each !== redoable) }));
      redoable.dismiss();
      const [newest, before] = [get().undoables.at(-1), failures];
      redoing += 1;
      try {
        await redoable.run();
        const isOffered = get().undoables.at(-1) !== newest;
        if (!isOffered && failures === before) redoable.undoable.offer();
      } finally {
        redoing -= 1;
      }
      return true;
    },

    forget(isPast) {
      set(({ undoables, redoables }) => ({
        undoables: undoables.filter((undoable) => !isPast(undoable)),
        redoables: redoables.filter((redoable) => !isPast(redoable)),
      }));
    },

    undoing: () => running.at(-1)?.undoable,

    fail() {
      failures += 1;
    },

    redoOf: (undoable) => redos.get(undoable),
  };
});
