// Short notices at the bottom of the window: what happened and, if possible, how to undo it.

import { create } from 'zustand';
import { t } from '../../shared/languages/translate';
import { newestUndoable, useUndoStack } from './undo-stack';

export type Toast = {
  id: number;
  text: string;
  tone: 'plain' | 'problem';
  action: ToastAction | null;
  /** Another way to go on. */
  second: ToastAction | null;
  /** Whether it says nothing that matters in another view, such as that something was copied: it ends with its own. */
  isOfView: boolean;
  /** Whether it stays until it is used or dismissed: without it, something that the user has made would be gone. */
  stays: boolean;
  /** The ids of what it reports a change of. It ends once these have changed again: see `endNoticesOf`. */
  about: readonly string[];
};

type ToastAction = { label: string; run: () => unknown };
type ToastOptions = Partial<Pick<Toast, 'tone' | 'action' | 'second' | 'isOfView' | 'stays' | 'about'>> & {
  /** What is undone, if the notice says more than that. */
  done?: string;
};

/** Returns the label of an action that undoes what its notice reports. Ctrl+Z runs it too, also later. */
export function undoLabel(): string {
  return t('ui.undo');
}

/** How long a notice stays. A problem, and one with an action, stay longer: the user has to read or reach them. */
const plainMs = 4000;
const importantMs = 8000;
/** How often a notice that is being read, or that nobody can see, asks whether it may go. */
const recheckMs = 500;
const maxToasts = 3;

type ToastsState = {
  toasts: Toast[];
  nextId: number;
  /** @returns the new notice's id. */
  show: (text: string, options: ToastOptions) => number;
  changeText: (id: number, text: string) => void;
  dismiss: (id: number) => void;
  /** Ends the notices that belong to the view that was on screen. */
  leaveView: () => void;
};

export const useToasts = create<ToastsState>((set, get) => ({
  toasts: [],
  nextId: 1,
  show(text, options) {
    const id = get().nextId;
    const whether = { isOfView: false, stays: false };
    const added: Toast = {
      id,
      text,
      tone: 'plain',
      action: null,
      second: null,
      ...whether,
      about: [],
      ...options,
    };
    set(({ toasts }) => ({ toasts: [...withRoom(toasts), added], nextId: id + 1 }));
    return id;
  },
  changeText(id, text) {
    set(({ toasts }) => ({ toasts: toasts.map((toast) => (toast.id === id ? { ...toast, text } : toast)) }));
  },
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
  leaveView: () => set(({ toasts }) => ({ toasts: toasts.filter(({ isOfView }) => !isOfView) })),
}));

/** Makes room for one more. One that stays goes last. */
function withRoom(toasts: readonly Toast[]): readonly Toast[] {
  if (toasts.length < maxToasts) return toasts;
  const oldest = toasts.find(({ stays }) => !stays) ?? toasts[0];
  return toasts.filter((toast) => toast !== oldest);
}

/** Counts notices, so that an undo that reports by itself is known. */
let shown = 0;

/** Shows a notice for a few seconds, or until it is used. */
export function toast(text: string, options: ToastOptions = {}): void {
  const { show, dismiss } = useToasts.getState();
  const { done = text, ...shownOptions } = options;
  const { action, tone, stays, about = [] } = shownOptions;
  shown += 1;
  const id =
    action?.label === undoLabel()
      ? show(undoneText() ?? text, { ...shownOptions, action: onceUndone(action) })
      : show(text, shownOptions);
  if (!stays) setTimeout(() => dismissOnceRead(id), action || tone === 'problem' ? importantMs : plainMs);

  /** Its button and Ctrl+Z undo the same thing once. */
  function onceUndone({ label, run }: NonNullable<Toast['action']>): Toast['action'] {
    const { push, undo } = useUndoStack.getState();
    const undoable = push({ text: done, run, about, at: Date.now(), dismiss: () => dismiss(id) });
    return undoable ? { label, run: () => void undo(undoable) } : { label: t('ui.redo'), run };
  }
}

/** Returns what a notice says whose own action would do again what is being undone. */
function undoneText(): string | undefined {
  const undoing = useUndoStack.getState().undoing();
  return undoing && t('ui.undone', { what: undoing.text });
}

let areHeld = () => false;

/** Keeps notices while `check` returns true, such as because one is being read. */
export function holdNotices(check: () => boolean): void {
  areHeld = check;
}

function dismissOnceRead(id: number): void {
  if (areHeld()) setTimeout(() => dismissOnceRead(id), recheckMs);
  else useToasts.getState().dismiss(id);
}

/**
 * Ends the notices of what has changed since, and what Ctrl+Z would undo of it: a picture that is restored is not deleted
 * any more, whatever restored it. A notice of several things lasts until all of them have changed.
 */
export function endNoticesOf(ids: readonly string[]): void {
  const changed = new Set(ids);
  const isOutdated = (about: readonly string[] = []) =>
    about.length > 0 && about.every((id) => changed.has(id));
  useUndoStack.getState().forget(({ about }) => isOutdated(about));
  const { toasts, dismiss } = useToasts.getState();
  for (const { id, about } of toasts) if (isOutdated(about)) dismiss(id);
}

/** Undoes the newest thing that can be undone, and says what that was. @returns whether there was one. */
export function undoNewest(): boolean {
  const { undoables, undo } = useUndoStack.getState();
  const newest = newestUndoable(undoables, Date.now());
  if (!newest) return false;
  const before = shown;
  void undo(newest).then((isUndone) => {
    // The undo may have reported by itself.
    if (isUndone && shown === before) toast(t('ui.undone', { what: newest.text }));
  });
  return true;
}

/** Shows a notice of work in progress until `end` is called. `say` changes its text. */
export function lastingToast(text: string): { say: (text: string) => void; end: () => void } {
  const { show, changeText, dismiss } = useToasts.getState();
  const id = show(text, {});
  return { say: (changed) => changeText(id, changed), end: () => dismiss(id) };
}
