// Drags pictures with the pointer: onto drop targets inside the window, and as files into other programs.
// The system's own drag starts only at the window's edge: see docs/decisions/019.

import type { PointerEvent as ReactPointerEvent } from 'react';
import { create } from 'zustand';
import { imageUrl } from '../../../shared/domain/pictures';
import { request } from '../../ipc';
import { formatNumber } from '../../ui/format';
import { toast } from '../../ui/toasts';
import styles from './drag-pictures.module.css';

type Point = { clientX: number; clientY: number };
type DropTarget = {
  element: HTMLElement;
  onDrop: (imageIds: string[]) => void;
  /** Returns whether it accepts pictures that are dragged from this element. Absent: always. */
  accepts?: ((origin: Element) => boolean) | undefined;
};

/** Minimum distance of a drag, in CSS pixels. */
const minDistancePx = 6;
/** Maximum number of files, because other programs fail with more. An export handles more. */
const maxDraggedOut = 1000;

type DragState = {
  targets: readonly DropTarget[];
  /** The drop target under the pointer while pictures are dragged. */
  over: HTMLElement | null;
  /** Registers a drop target. @returns a function that removes it. */
  addTarget: (
    element: HTMLElement,
    onDrop: DropTarget['onDrop'],
    accepts?: DropTarget['accepts'],
  ) => () => void;
  moveOver: (over: HTMLElement | null) => void;
};

export const useDrag = create<DragState>((set) => ({
  targets: [],
  over: null,
  addTarget(element, onDrop, accepts) {
    const target = { element, onDrop, accepts };
    set(({ targets }) => ({ targets: [...targets, target] }));
    return () => set(({ targets }) => ({ targets: targets.filter((other) => other !== target) }));
  },
  moveOver: (over) => set({ over }),
}));

/** Starts dragging when the pointer goes down on pictures. @param idsOf called when the drag begins. */
export function dragPictures(event: ReactPointerEvent, idsOf: () => string[]): void {
  if (event.button !== 0 || event.pointerType === 'touch' || event.ctrlKey || event.shiftKey) return;
  if (event.target instanceof Element && event.target.closest('button')) return;
  const start: Point = { clientX: event.clientX, clientY: event.clientY };
  const origin = event.currentTarget;
  let dragged: { ids: string[]; ghost: HTMLElement } | null = null;
  const listeners = new AbortController();
  const { signal } = listeners;
  const { moveOver } = useDrag.getState();

  function end(): void {
    listeners.abort();
    dragged?.ghost.remove();
    document.body.classList.remove(styles['dragging'] ?? '');
    moveOver(null);
  }

  function onMove(moved: PointerEvent): void {
    // The button was released outside the window.
    if (moved.buttons === 0) {
      end();
      return;
    }
    if (!dragged) {
      if (Math.hypot(moved.clientX - start.clientX, moved.clientY - start.clientY) < minDistancePx) return;
      const ids = idsOf();
      dragged = { ids, ghost: showGhost(ids) };
      document.body.classList.add(styles['dragging'] ?? '');
      // Releasing the button where the drag began would count as a click.
      window.addEventListener('click', swallow, { capture: true, once: true });
    }
    placeGhost(dragged.ghost, moved);
    if (isOutside(moved)) void dragOut(dragged, end);
    else moveOver(targetAt(moved, origin)?.element ?? null);
  }

  window.addEventListener('pointermove', onMove, { signal });
  window.addEventListener('pointercancel', end, { signal });
  window.addEventListener(
    'pointerup',
    (released) => {
      const ids = dragged?.ids;
      // A click event, if there is one, precedes this timer.
      if (ids) setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
      const target = ids && targetAt(released, origin);
      end();
      if (ids) target?.onDrop(ids);
    },
    { signal },
  );
  window.addEventListener(
    'keydown',
    (pressed) => {
      if (pressed.key !== 'Escape' || !dragged) return;
      pressed.stopPropagation();
      end();
    },
    { signal, capture: true },
  );
}

/** Hands the pictures over to the system's own drag. */
async function dragOut({ ids, ghost }: { ids: string[]; ghost: HTMLElement }, end: () => void) {
  const { left, top, width, height } = ghost.getBoundingClientRect();
  const x = Math.round(Math.min(Math.max(0, left), innerWidth - width));
  const y = Math.round(Math.min(Math.max(0, top), innerHeight - height));
  // Not shown: CSS.
  ghost.style.translate = `${x}px ${y}px`;
  window.removeEventListener('click', swallow, { capture: true });
  const icon = { x, y, width: Math.round(width), height: Math.round(height) };
  const started = request('images:drag-out', { imageIds: ids.slice(0, maxDraggedOut), icon });
  // The main process captures the ghost from the window, so a copy stays until the request has ended.
  const copy = ghost.cloneNode(true);
  document.body.append(copy);
  end();
  const reply = await started;
  if (copy instanceof HTMLElement) copy.remove();
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function isOutside({ clientX, clientY }: Point): boolean {
  return clientX <= 0 || clientY <= 0 || clientX >= innerWidth - 1 || clientY >= innerHeight - 1;
}

function targetAt({ clientX, clientY }: Point, origin: Element): DropTarget | undefined {
  const under = document.elementFromPoint(clientX, clientY);
  const { targets } = useDrag.getState();
  return targets.find(({ element, accepts }) => element.contains(under) && (accepts?.(origin) ?? true));
}

function showGhost(ids: readonly string[]): HTMLElement {
  const ghost = document.createElement('div');
  ghost.className = styles['ghost'] ?? '';
  const image = document.createElement('img');
  image.src = imageUrl(ids[0] ?? '', '256');
  image.alt = '';
  ghost.append(image);
  if (ids.length > 1) {
    const count = document.createElement('span');
    count.textContent = formatNumber(ids.length);
    ghost.append(count);
  }
  // A modal dialog covers everything outside it.
  (document.querySelector('dialog[open]') ?? document.body).append(ghost);
  return ghost;
}

function placeGhost(ghost: HTMLElement, { clientX, clientY }: Point): void {
  // Not shown: CSS.
  ghost.style.translate = `${Math.round(clientX + 10)}px ${Math.round(clientY + 10)}px`;
}
