// Short notices at the bottom of the window: what happened and, if possible, how to undo it.

import { create } from 'zustand';
import type { View } from '../../shared/domain/views';
import { t } from '../../shared/languages/translate';
import { type Undo, useUndoStack } from './undo-stack';

export type Toast = {
  id: number;
  text: string;
  tone: 'plain' | 'problem';
  action: ToastAction | null;
  /** A second action. */
  second: ToastAction | null;
  /**
   * The view that the notice is about, with which it ends: it concerns something shown there, a failed attempt there, or a
   * copy. Null for a lasting change or its failure.
   */
  ofView: View | null;
  /** Whether it stays until it is used or dismissed, because it is the only way to something that the user made. */
  isLasting: boolean;
  /** The ids of the changed items. The notice ends once all of them have changed again: see `endNoticesOf`. */
  about: readonly string[];
};

export type ToastAction = { label: string; run: () => unknown };
/** `ofView`: `current` is the view on screen. Any other view is about to be shown. */
type ShownOptions = Partial<
  Pick<Toast, 'tone' | 'action' | 'second' | 'isLasting' | 'about'> & { ofView: View | 'current' }
>;
/** `undo`: the notice's action undoes the change. Ctrl+Z can also undo it, even after the notice has ended. */
type ToastOptions = (ShownOptions & { undo?: never }) | (Omit<ShownOptions, 'action'> & { undo: Undo });

/** How long a notice stays. Problems, and notices with actions, stay longer, so that the user can read and reach them. */
const plainMs = 4000;
const importantMs = 8000;
/** Interval at which a held notice checks whether it may end. */
const recheckMs = 500;
const maxToasts = 3;

type ToastsState = {
  toasts: Toast[];
  /** The view on screen; null before the first one. */
  view: View | null;
  nextId: number;
  /** @returns the new notice's id. */
  show: (text: string, options: ShownOptions) => number;
  changeText: (id: number, text: string) => void;
  dismiss: (id: number) => void;
  /** Ends the notices of other views. The changes that they offer to undo can still be undone. */
  enterView: (view: View) => void;
};

export const useToasts = create<ToastsState>((set, get) => ({
  toasts: [],
  view: null,
  nextId: 1,
  show(text, { ofView, ...options }) {
    const { nextId: id, view } = get();
    const added: Toast = {
      ...{ id, text, tone: 'plain', action: null, second: null },
      ...{ ofView: ofView === 'current' ? view : (ofView ?? null), isLasting: false, about: [] },
      ...options,
    };
    set(({ toasts }) => ({
      toasts: [...withoutOldest(toasts.filter((toast) => !isRepeated(toast, added))), added],
      nextId: id + 1,
    }));
    return id;
  },
  changeText(id, text) {
    set(({ toasts }) => ({ toasts: toasts.map((toast) => (toast.id === id ? { ...toast, text } : toast)) }));
  },
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
  enterView: (view) =>
    set(({ toasts }) => ({
      view,
      toasts: toasts.filter(({ ofView }) => ofView === null || ofView === view),
    })),
}));

/** Makes room for one more notice. Removes lasting ones last. */
function withoutOldest(toasts: readonly Toast[]): readonly Toast[] {
  if (toasts.length < maxToasts) return toasts;
  const oldest = toasts.find(({ isLasting }) => !isLasting) ?? toasts[0];
  return toasts.filter((toast) => toast !== oldest);
}

/** Returns whether a notice repeats an earlier one, which it then replaces. Notices with actions never do. */
function isRepeated(before: Toast, added: Toast): boolean {
  const offersNothing = before.action === null && before.second === null;
  return offersNothing && before.text === added.text && before.tone === added.tone;
}

/** Number of notices so far, to detect whether an undo has shown its own. */
let shown = 0;

/** Shows a notice for a few seconds, or until it is used. */
export function toast(text: string, options: ToastOptions = {}): void {
  const { undo, ...rest } = options;
  if (rest.tone === 'problem') useUndoStack.getState().fail();
  if (!undo) return void showForSeconds(text, rest);
  const { push, undo: undoOnce, undoing, redo, redoOf } = useUndoStack.getState();
  const undone = undoing();
  const undoable = push({
    ...undo,
    ...{
      at: performance.now(),
      about: rest.about ?? [],
      dismiss: dismissNext(),
      offer: () => toast(text, options),
    },
  });
  // The button and the key undo the same thing once.
  const undoAction = undoable && { label: t('ui.undo'), run: () => void undoOnce(undoable) };
  const redoAction = {
    label: t('ui.redo'),
    run() {
      const redoable = undone && redoOf(undone);
      return redoable ? void redo(redoable) : undo.run();
    },
  };
  showForSeconds(text, { ...rest, action: undoAction ?? redoAction });
}

/** Shows a notice and schedules its end. A lasting one stays until it is used. */
function showForSeconds(text: string, options: ShownOptions): void {
  shown += 1;
  const id = useToasts.getState().show(text, options);
  if (options.isLasting) return;
  const isImportant = Boolean(options.action) || options.tone === 'problem';
  setTimeout(() => dismissOnceRead(id), isImportant ? importantMs : plainMs);
}

/** Returns a function that removes the notice that is shown next. */
function dismissNext(): () => void {
  const { nextId, dismiss } = useToasts.getState();
  return () => dismiss(nextId);
}

let areHeld = () => false;

/** Keeps notices while `check` returns true, for example because the user is reading one. */
export function holdNotices(check: () => boolean): void {
  areHeld = check;
}

function dismissOnceRead(id: number): void {
  if (areHeld()) setTimeout(() => dismissOnceRead(id), recheckMs);
  else useToasts.getState().dismiss(id);
}

/**
 * Ends the notices about items that have changed since, and their undo steps: a deletion cannot be undone once the picture
 * was restored in another way. A notice about several items lasts until all of them have changed.
 */
export function endNoticesOf(ids: readonly string[]): void {
  const changed = new Set(ids);
  const isOutdated = (about: readonly string[] = []) =>
    about.length > 0 && about.every((id) => changed.has(id));
  useUndoStack.getState().forget(({ about }) => isOutdated(about));
  const { toasts, dismiss } = useToasts.getState();
  for (const { id, about } of toasts) if (isOutdated(about)) dismiss(id);
}

/**
 * Undoes the newest step, and reports the result.
 *
 * @param second a second action for that notice.
 * @returns whether there was one.
 */
export function undoNewest(second: ToastAction | null = null): boolean {
  const { undoables, undo, redo, redoOf } = useUndoStack.getState();
  const newest = undoables.at(-1);
  if (!newest) return false;
  const before = shown;
  void undo(newest).then((isUndone) => {
    // The undo may have reported by itself.
    if (!isUndone || shown !== before || newest.undone === null) return;
    const redoable = redoOf(newest);
    if (redoable) redoable.dismiss = dismissNext();
    const action = redoable ? { label: t('ui.redo'), run: () => void redo(redoable) } : null;
    showForSeconds(newest.undone, { second, action, about: newest.about });
  });
  return true;
}

/** Redoes the last undone step, with the notice of the first time. @returns whether there was one. */
export function redoNewest(): boolean {
  const { redoables, redo } = useUndoStack.getState();
  const newest = redoables.at(-1);
  if (!newest) return false;
  void redo(newest);
  return true;
}

/** Shows a notice of work in progress until `end` is called. `say` changes its text. */
export function lastingToast(text: string): { say: (text: string) => void; end: () => void } {
  const { show, changeText, dismiss } = useToasts.getState();
  const id = show(text, {});
  return { say: (changed) => changeText(id, changed), end: () => dismiss(id) };
}
