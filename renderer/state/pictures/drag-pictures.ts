// Pictures carried with the pointer: within the window to what takes them, out of it to other programs as files.
// The system's own drag begins only at the window's edge: see docs/decisions/019.
import type { PointerEvent as ReactPointerEvent } from 'react';
import { create } from 'zustand';
import { imageUrl } from '../../../shared/domain/pictures';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import styles from './drag-pictures.module.css';

type Point = { clientX: number; clientY: number };
type Taker = { element: HTMLElement; take: (imageIds: string[]) => void };

/** How far the pointer moves before it carries, in CSS pixels: less is a click. */
const slack = 6;

const takers = new Set<Taker>();
/** What the carried pictures would be put into if they were let go now. */
export const useCarry = create<{ over: HTMLElement | null }>(() => ({ over: null }));

/** @returns a function that ends it. */
export function takesPictures(element: HTMLElement, take: Taker['take']): () => void {
  const taker = { element, take };
  takers.add(taker);
  return () => takers.delete(taker);
}

/** Call it when a pointer goes down on pictures. @param idsOf asked once it moves. */
export function carryPictures(event: ReactPointerEvent, idsOf: () => string[]): void {
  if (event.button !== 0 || event.pointerType === 'touch' || event.ctrlKey || event.shiftKey) return;
  if (event.target instanceof Element && event.target.closest('button')) return;
  const from: Point = { clientX: event.clientX, clientY: event.clientY };
  let carried: { ids: string[]; ghost: HTMLElement } | null = null;
  const listening = new AbortController();
  const { signal } = listening;

  function end(): void {
    listening.abort();
    carried?.ghost.remove();
    document.body.classList.remove(styles['carrying'] ?? '');
    useCarry.setState({ over: null });
  }

  function onMove(moved: PointerEvent): void {
    // Let go where nobody could hear of it.
    if (moved.buttons === 0) {
      end();
      return;
    }
    if (!carried) {
      if (Math.hypot(moved.clientX - from.clientX, moved.clientY - from.clientY) < slack) return;
      const ids = idsOf();
      carried = { ids, ghost: showGhost(ids) };
      document.body.classList.add(styles['carrying'] ?? '');
      // What is let go over where it was taken is no click.
      window.addEventListener('click', swallow, { capture: true, once: true });
    }
    place(carried.ghost, moved);
    if (isOutside(moved)) void handOver(carried, end);
    else useCarry.setState({ over: takerAt(moved)?.element ?? null });
  }

  window.addEventListener('pointermove', onMove, { signal });
  window.addEventListener('pointercancel', end, { signal });
  window.addEventListener(
    'pointerup',
    (released) => {
      const ids = carried?.ids;
      // A click, where there is one, comes before this.
      if (ids) setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
      const taker = ids && takerAt(released);
      end();
      if (ids) taker?.take(ids);
    },
    { signal },
  );
  window.addEventListener(
    'keydown',
    (pressed) => {
      if (pressed.key !== 'Escape' || !carried) return;
      pressed.stopPropagation();
      end();
    },
    { signal, capture: true },
  );
}

/** From here on it is the system's drag. */
async function handOver({ ids, ghost }: { ids: string[]; ghost: HTMLElement }, end: () => void) {
  const { left, top, width, height } = ghost.getBoundingClientRect();
  const x = Math.round(Math.min(Math.max(0, left), innerWidth - width));
  const y = Math.round(Math.min(Math.max(0, top), innerHeight - height));
  ghost.style.translate = `${x}px ${y}px`;
  window.removeEventListener('click', swallow, { capture: true });
  const icon = { x, y, width: Math.round(width), height: Math.round(height) };
  const asked = request('images:drag-out', { imageIds: ids.slice(0, maxDraggedOut), icon });
  // Nothing more is to be heard of the pointer, but its picture stays until it has been copied.
  const rest = ghost.cloneNode(true);
  document.body.append(rest);
  end();
  const reply = await asked;
  if (rest instanceof HTMLElement) rest.remove();
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}

/** Programs choke on more; an export is the way for these. */
const maxDraggedOut = 1000;

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function isOutside({ clientX, clientY }: Point): boolean {
  return clientX <= 0 || clientY <= 0 || clientX >= innerWidth - 1 || clientY >= innerHeight - 1;
}

function takerAt({ clientX, clientY }: Point): Taker | undefined {
  const target = document.elementFromPoint(clientX, clientY);
  return [...takers].find(({ element }) => element.contains(target));
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
    count.textContent = new Intl.NumberFormat('en').format(ids.length);
    ghost.append(count);
  }
  // What is modal is over everything else.
  (document.querySelector('dialog[open]') ?? document.body).append(ghost);
  return ghost;
}

function place(ghost: HTMLElement, { clientX, clientY }: Point): void {
  ghost.style.translate = `${Math.round(clientX + 10)}px ${Math.round(clientY + 10)}px`;
}
