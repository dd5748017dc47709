// Short notices at the bottom of the window: what happened and, if possible, how to undo it.
import { create } from 'zustand';
import { useUndoStack } from './undo-stack';

export type Toast = {
  id: number;
  text: string;
  tone: 'plain' | 'problem';
  /** `run` may return a promise, which lasts as long as the action. */
  action: { label: string; run: () => unknown } | null;
};

type ToastOptions = Partial<Pick<Toast, 'tone' | 'action'>>;

/** The label of the action that undoes what the notice reports. Ctrl+Z runs it too. */
export const undoLabel = 'Undo';

/** How long a notice stays. One with an action stays longer, because the user has to read and reach it. */
const plainMs = 4000;
const actionMs = 8000;
const maxToasts = 3;

type ToastsState = {
  toasts: Toast[];
  nextId: number;
  /** @returns the new notice's id. */
  show: (text: string, options: ToastOptions) => number;
  changeText: (id: number, text: string) => void;
  dismiss: (id: number) => void;
  /** Runs the notice's action and dismisses it. */
  act: (id: number) => void;
};

export const useToasts = create<ToastsState>((set, get) => ({
  toasts: [],
  nextId: 1,
  show(text, options) {
    const id = get().nextId;
    const added: Toast = { id, text, tone: 'plain', action: null, ...options };
    set(({ toasts }) => ({ toasts: [...toasts.slice(1 - maxToasts), added], nextId: id + 1 }));
    return id;
  },
  changeText(id, text) {
    set(({ toasts }) => ({ toasts: toasts.map((toast) => (toast.id === id ? { ...toast, text } : toast)) }));
  },
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
  act(id) {
    const action = get().toasts.find((toast) => toast.id === id)?.action;
    const { undoables, undo } = useUndoStack.getState();
    if (undoables.some((undoable) => undoable.id === id)) void undo(id);
    else action?.run();
    get().dismiss(id);
  },
}));

/** Shows a notice for a few seconds. */
export function toast(text: string, options: ToastOptions = {}): void {
  const { show, dismiss } = useToasts.getState();
  const id = show(text, options);
  const { action } = options;
  if (action?.label === undoLabel) {
    useUndoStack.getState().push({ id, text, run: action.run, at: Date.now() });
  }
  setTimeout(() => dismiss(id), action ? actionMs : plainMs);
}

/** Undoes the newest thing that can be undone. @returns whether there was one. */
export function undoNewest(): boolean {
  const undone = useUndoStack.getState().undoNewest(Date.now());
  if (!undone) return false;
  useToasts.getState().dismiss(undone.id);
  return true;
}

/** Shows a notice of work in progress until `end` is called. `say` changes its text. */
export function lastingToast(text: string): { say: (text: string) => void; end: () => void } {
  const { show, changeText, dismiss } = useToasts.getState();
  const id = show(text, {});
  return { say: (changed) => changeText(id, changed), end: () => dismiss(id) };
}
