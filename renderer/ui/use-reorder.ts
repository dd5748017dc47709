// Lets the user change the order of a list: by dragging a row's handle, or with Alt and the arrow keys on a focused row.
import {
  type HTMLAttributes,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import { isMac } from './shortcut';

/** Moves a row before another one; to the end if that is null. */
type Move = (id: string, before: string | null) => void;

type Drag = { id: string; before: string | null };

/** The mark of a row during a drag: it is dragged, or the line that shows the new place is above or below it. */
export type RowMark = 'dragged' | 'above' | 'below' | undefined;

export type Reorder = {
  list: RefObject<HTMLUListElement | null>;
  markOf: (id: string) => RowMark;
  rowProps: (id: string) => { 'data-row': string; onKeyDown: (event: KeyboardEvent) => void };
  /** Props of the row's handle, which only pointers use. Its style needs `touch-action: none`. */
  handleProps: (id: string) => HTMLAttributes<HTMLElement>;
};

// Not shown: the names of the keys in `aria-keyshortcuts`.
export const reorderShortcuts = 'Alt+ArrowUp Alt+ArrowDown';

/** Returns the keys as users know them. */
export function reorderKeys(): string {
  return isMac ? '⌥↑ / ⌥↓' : 'Alt+↑ / Alt+↓';
}

/** Returns the row that follows after a step up or down; null for the end, undefined if no step is possible. */
export function stepOf(ids: readonly string[], id: string, step: 'up' | 'down'): string | null | undefined {
  const at = ids.indexOf(id);
  if (at < 0) return undefined;
  if (step === 'up') return at === 0 ? undefined : ids[at - 1];
  return at === ids.length - 1 ? undefined : (ids[at + 2] ?? null);
}

/** @param ids of the rows in their order. */
export function useReorder(ids: readonly string[], onMove: Move): Reorder {
  const list = useRef<HTMLUListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const next = (id: string) => ids[ids.indexOf(id) + 1] ?? null;
  const stays = ({ id, before }: Drag) => before === id || before === next(id);
  const isDragging = drag !== null;

  useEffect(() => {
    if (!isDragging) return;
    const cancel = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      setDrag(null);
    };
    window.addEventListener('keydown', cancel, { capture: true });
    return () => window.removeEventListener('keydown', cancel, { capture: true });
  }, [isDragging]);

  function follow({ clientY }: PointerEvent): void {
    if (!drag) return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const middle = (row: HTMLElement) => row.getBoundingClientRect().top + row.offsetHeight / 2;
    const found = rows.findIndex((row) => clientY < middle(row));
    const at = found < 0 ? rows.length : found;
    // A long list follows the pointer to its edges.
    rows[Math.max(0, at - 1)]?.scrollIntoView({ block: 'nearest' });
    rows[Math.min(at, rows.length - 1)]?.scrollIntoView({ block: 'nearest' });
    setDrag({ id: drag.id, before: rows[at]?.dataset['row'] ?? null });
  }

  function drop(): void {
    if (drag && !stays(drag)) onMove(drag.id, drag.before);
    setDrag(null);
  }

  return {
    list,
    markOf(id) {
      if (!drag) return undefined;
      if (drag.id === id) return 'dragged';
      if (stays(drag)) return undefined;
      if (drag.before === id) return 'above';
      return drag.before === null && next(id) === null ? 'below' : undefined;
    },
    rowProps: (id) => ({
      'data-row': id,
      onKeyDown(event) {
        const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
        if (!altKey || ctrlKey || metaKey || shiftKey) return;
        if (key !== 'ArrowUp' && key !== 'ArrowDown') return;
        event.preventDefault();
        const before = stepOf(ids, id, key === 'ArrowUp' ? 'up' : 'down');
        if (before !== undefined) onMove(id, before);
      },
    }),
    handleProps: (id) => ({
      onPointerDown(event) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ id, before: next(id) });
      },
      onPointerMove: follow,
      onPointerUp: drop,
      onLostPointerCapture: () => setDrag(null),
    }),
  };
}
