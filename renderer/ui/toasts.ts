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
  lastId += 1;
  const notice: Toast = { id: lastId, text, tone: 'plain', action: null, ...options };
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.slice(-2), notice] }));
  setTimeout(() => useToasts.getState().dismiss(notice.id), notice.action ? actionStay : plainStay);
}
