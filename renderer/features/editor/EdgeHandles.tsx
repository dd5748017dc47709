// Eight handles around a rectangle of the stage, for the pointer and for the arrow keys.

import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { t } from '../../../shared/languages/translate';
import styles from './EdgeHandles.module.css';
import type { Handle } from './frame';
import type { Point } from './mask/mask';
import type { Rect } from './view';

const handles: readonly (Handle & { edge: string })[] = [
  { x: -1, y: -1, edge: 'upper_left' },
  { x: 0, y: -1, edge: 'upper' },
  { x: 1, y: -1, edge: 'upper_right' },
  { x: 1, y: 0, edge: 'right' },
  { x: 1, y: 1, edge: 'lower_right' },
  { x: 0, y: 1, edge: 'lower' },
  { x: -1, y: 1, edge: 'lower_left' },
  { x: -1, y: 0, edge: 'left' },
];

/** CSS pixels. */
const [keyStepPx, largeKeyStepPx] = [4, 40];

type Props = {
  /** The purpose of the handles. */
  action: 'crop' | 'extend';
  /** The rectangle as text. */
  description: string;
  rect: Rect;
  /** Called for each move. @param by the distance since the drag began, in CSS pixels of the stage. */
  onDrag: (handle: Handle, by: Point) => void;
  onStart: () => void;
  onEnd: () => void;
};

export function EdgeHandles({ action, description, rect, onDrag, onStart, onEnd }: Props) {
  const start = useRef<Point | null>(null);

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, y: event.clientY };
    onStart();
  }

  function onPointerMove(event: PointerEvent<HTMLElement>, handle: Handle): void {
    if (!start.current) return;
    onDrag(handle, { x: event.clientX - start.current.x, y: event.clientY - start.current.y });
  }

  function onKeyDown(event: KeyboardEvent, handle: Handle): void {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
      event.key
    ];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? largeKeyStepPx : keyStepPx;
    onStart();
    onDrag(handle, { x: (direction[0] ?? 0) * step, y: (direction[1] ?? 0) * step });
    onEnd();
  }

  function stop(): void {
    if (!start.current) return;
    start.current = null;
    onEnd();
  }

  return handles.map(({ edge, ...handle }) => (
    <button
      key={edge}
      type="button"
      className={styles['handle']}
      data-x={handle.x}
      data-y={handle.y}
      aria-label={t(action === 'crop' ? 'editor.crop_edge' : 'editor.extend_edge', { edge })}
      aria-description={description}
      title={t('editor.handle_hint')}
      style={{
        left: rect.left + (rect.width * (handle.x + 1)) / 2,
        top: rect.top + (rect.height * (handle.y + 1)) / 2,
      }}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => onPointerMove(event, handle)}
      onLostPointerCapture={stop}
      onKeyDown={(event) => onKeyDown(event, handle)}
    />
  ));
}
