// Short notices at the bottom of the window: what happened, and where it can be undone a way back.
import { create } from 'zustand';

export type Toast = {
  id: number;
  text: string;
  tone: 'plain' | 'problem';
  action: { label: string; run: () => void } | null;
};

/** Milliseconds that a notice stays. One with an action stays longer: it has to be read and reached. */
const plainStay = 4000;
const actionStay = 8000;

type Toasts = { toasts: Toast[]; dismiss: (id: number) => void };

export const useToasts = create<Toasts>((set) => ({
  toasts: [],
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
}));

let lastId = 0;

/** Shows a notice for a while. */
export function toast(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}): void {
  const notice = show(text, options);
  setTimeout(() => useToasts.getState().dismiss(notice.id), notice.action ? actionStay : plainStay);
}

/** Shows a notice of work that goes on, until `end` is called. @returns `say`, which changes its words. */
export function lastingToast(text: string): { say: (text: string) => void; end: () => void } {
  const { id } = show(text, {});
  return {
    say: (words) =>
      useToasts.setState(({ toasts }) => ({
        toasts: toasts.map((toast) => (toast.id === id ? { ...toast, text: words } : toast)),
      })),
    end: () => useToasts.getState().dismiss(id),
  };
}

function show(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>>): Toast {
  lastId += 1;
  const notice: Toast = { id: lastId, text, tone: 'plain', action: null, ...options };
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.slice(-2), notice] }));
  return notice;
}
