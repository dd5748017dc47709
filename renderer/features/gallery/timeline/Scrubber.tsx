// The date scrubber at the right of the gallery, operated by pointer or keys.

import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { MonthCount } from '../../../../shared/domain/gallery-timeline';
import { t } from '../../../../shared/languages/translate';
import type { PictureIndex } from '../../../state/gallery/picture-index';
import { keyAlongLine } from '../../../ui/direction';
import { formatMonth } from '../../../ui/format';
import { hasModifier } from '../../../ui/shortcut';
import { axisOfIndex, axisOfMonths, monthAt, ticksOf } from './axis';
import styles from './Scrubber.module.css';

/** Minimum distance between two labels (CSS pixels). */
const minLabelPx = 28;

type Props = {
  index: PictureIndex;
  /** The months of the whole gallery while its order is still loading. */
  months: MonthCount[] | null;
  isOldestFirst: boolean;
  /** The index of the current picture. */
  at: number;
  onGo: (at: number) => void;
};

export function Scrubber({ index, months, isOldestFirst, at, onGo }: Props) {
  const track = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(600);
  const [isDragged, setDragged] = useState(false);
  useLayoutEffect(() => {
    const element = track.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const axis = useMemo(
    () => (months && months.length > 0 && !isOldestFirst ? axisOfMonths(months) : axisOfIndex(index)),
    [months, index, isOldestFirst],
  );
  const ticks = useMemo(() => ticksOf(axis, minLabelPx / Math.max(1, height)), [axis, height]);
  const month = monthAt(axis, at);
  const name = formatMonth(axis.months[month]?.start ?? 0);
  const last = Math.max(0, axis.total - 1);
  const position = last === 0 ? 0 : Math.min(1, at / last);

  function goToPointer(event: PointerEvent): void {
    const box = track.current?.getBoundingClientRect();
    if (!box) return;
    const part = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
    onGo(Math.round(part * last));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (hasModifier(event)) return;
    const target = monthForKey(keyAlongLine(event.key), month);
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (target === Number.POSITIVE_INFINITY) onGo(last);
    else onGo(axis.months[Math.min(Math.max(0, target), axis.months.length - 1)]?.first ?? 0);
  }

  return (
    <div
      ref={track}
      className={styles['scrubber']}
      role="slider"
      tabIndex={0}
      aria-label={t('gallery.date')}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={Math.min(at, last)}
      aria-valuetext={name}
      data-dragged={isDragged}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragged(true);
        goToPointer(event);
      }}
      onPointerMove={(event) => isDragged && goToPointer(event)}
      onPointerUp={() => setDragged(false)}
      onPointerCancel={() => setDragged(false)}
    >
      {ticks.map(({ label, position: top }) => (
        <span key={`${label} ${top}`} className={styles['tick']} style={{ top: `${top * 100}%` }}>
          {label}
        </span>
      ))}
      <span className={styles['thumb']} style={{ top: `${position * 100}%` }}>
        <span className={styles['name']}>{name}</span>
      </span>
    </div>
  );
}

/** Returns the month that a key goes to, or infinity for the last picture. */
function monthForKey(key: string, month: number): number | undefined {
  if (key === 'ArrowDown' || key === 'ArrowRight') return month + 1;
  if (key === 'ArrowUp' || key === 'ArrowLeft') return month - 1;
  if (key === 'PageDown') return month + 12;
  if (key === 'PageUp') return month - 12;
  if (key === 'Home') return 0;
  return key === 'End' ? Number.POSITIVE_INFINITY : undefined;
}
