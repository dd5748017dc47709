// A calendar month to choose a day from, with the keys of a grid.
// https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/examples/datepicker-dialog/
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { startOf } from '../../../../shared/domain/periods';
import { t } from '../../../../shared/languages/translate';
import { addDays, addMonths, weeksOf } from '../../../picture/dates/dates';
import { useDay } from '../../../ui/day';
import { keyAlongLine } from '../../../ui/direction';
import { formatDate, formatMonth } from '../../../ui/format';
import { IconButton } from '../../../ui/IconButton';
import { PlainButton } from '../../../ui/PlainButton';
import styles from './Calendar.module.css';

type Props = {
  /** Accessible name. */
  label: string;
  /** The start of the chosen day in UTC milliseconds. */
  day: number | null;
  onChoose: (day: number) => void;
  onClose: () => void;
};

export function Calendar({ label, day, onChoose, onClose }: Props) {
  const today = startOf('day', useDay());
  /** The day that the keys move from, which also determines the month. */
  const [current, setCurrent] = useState(day ?? today);
  const grid = useRef<HTMLTableElement>(null);
  const followsKeys = useRef(true);
  const weeks = weeksOf(current);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each current day, which gets the focus.
  useEffect(() => {
    if (followsKeys.current) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    followsKeys.current = false;
  }, [current]);

  /** Closes only the calendar, not the panel around it. */
  function closeOnEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const next = dayAtKey(keyAlongLine(event.key), current, weeks);
    if (next === null) return;
    event.preventDefault();
    followsKeys.current = true;
    setCurrent(next);
  }

  return (
    <section className={styles['calendar']} aria-label={label} onKeyDown={closeOnEscape}>
      <div className={styles['head']}>
        <IconButton
          icon={ChevronLeft}
          size={16}
          label={t('gallery.previous_month')}
          onClick={() => setCurrent(addMonths(current, -1))}
        />
        <strong aria-live="polite">{formatMonth(current)}</strong>
        <IconButton
          icon={ChevronRight}
          size={16}
          label={t('gallery.next_month')}
          onClick={() => setCurrent(addMonths(current, 1))}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the arrow keys move between its days. */}
      <table ref={grid} role="grid" aria-label={formatMonth(current)} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weeks[0]?.map((each) => (
              <th key={each} scope="col" abbr={formatDate(each, { weekday: 'long' })}>
                {formatDate(each, { weekday: 'short' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((each) => (
                <td key={each}>
                  <PlainButton
                    className={styles['day']}
                    tabIndex={each === current ? 0 : -1}
                    aria-label={formatDate(each, { dateStyle: 'full' })}
                    aria-pressed={each === day}
                    aria-current={each === today ? 'date' : undefined}
                    data-outside={new Date(each).getMonth() !== new Date(current).getMonth() || undefined}
                    onClick={() => onChoose(each)}
                  >
                    {new Date(each).getDate()}
                  </PlainButton>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Returns the day that a key moves to; null for other keys. Home and End move to the ends of the week. */
function dayAtKey(key: string, current: number, weeks: readonly (readonly number[])[]): number | null {
  const week = weeks.find((days) => days.includes(current));
  const end = { Home: week?.[0], End: week?.at(-1) }[key];
  if (end !== undefined) return end;
  const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[key];
  if (days !== undefined) return addDays(current, days);
  const months = { PageUp: -1, PageDown: 1 }[key];
  return months === undefined ? null : addMonths(current, months);
}
