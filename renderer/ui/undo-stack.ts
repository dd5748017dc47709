// The steps that can be undone in this session, and those that can be redone.
import { create } from 'zustand';

/** How a step is undone. */
export type Undo = {
  /** Undoes the step, and reports a failure itself. An asynchronous undo returns a promise. */
  run: () => unknown;
  /** The notice after the undo; null if `run` shows its own. */
  undone: string | null;
  /** Redoes the step; null if that is impossible, or if `run` offers its own undo. */
  again: (() => unknown) | null;
};

export type Undoable = Undo & {
  /** The ids of the changed items, if they can change again in other ways. */
  about: readonly string[];
  /** When it happened, on the clock of `performance.now()`, which is monotonic. */
  at: number;
  /** Removes its notice, if it is still shown. */
  dismiss: () => void;
  /** Shows a notice that offers to undo it, after a redo without a notice of its own. */
  offer: () => void;
};

export type Redoable = Pick<Undoable, 'about' | 'at' | 'dismiss'> & {
  undoable: Undoable;
  run: () => unknown;
};

const maxUndoables = 100;

/** An undo in progress, and the undo step that it has added itself. */
type Running = { undoable: Undoable; offered: Undoable | null };

type UndoStack = {
  /** Oldest first. */
  undoables: readonly Undoable[];
  /** The last undone step comes last. */
  redoables: readonly Redoable[];
  /**
   * Adds a step that has just happened.
   *
   * @returns the step, or null during an undo: the next Ctrl+Z must continue with the earlier step, and Redo applies to
   *   this one.
   */
  push: (undoable: Undoable) => Undoable | null;
  /** Undoes a step. @returns false if it was already undone. */
  undo: (undoable: Undoable) => Promise<boolean>;
  /** Redoes a step. @returns false if it was already redone. */
  redo: (redoable: Redoable) => Promise<boolean>;
  /** Removes the steps that can no longer be undone or redone. */
  forget: (isPast: (step: Pick<Undoable, 'about'>) => boolean) => void;
  /** Returns the step that is being undone; undefined if there is none. */
  undoing: () => Undoable | undefined;
  /** Marks the current undo or redo as failed, because a problem was reported. */
  fail: () => void;
  /** Returns the redo of an undone step; undefined if there is none. */
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
        // A new step makes earlier undone steps invalid.
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
