// A field for a date, which is typed in the order of the language or chosen from a calendar.
import { CalendarDays } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { t } from '../../../../shared/languages/translate';
import { dayPattern, formatNumericDay, isFullDay, readDay } from '../../../picture/dates/dates';
import { IconButton } from '../../../ui/IconButton';
import styles from './DateField.module.css';

type Props = {
  label: string;
  /** The start of the day in UTC milliseconds; null if none is chosen. */
  day: number | null;
  onChange: (day: number | null) => void;
  isCalendarOpen: boolean;
  /** @param button opens the calendar, and gets the focus back when it closes. */
  onToggleCalendar: (button: HTMLElement) => void;
};

export function DateField({ label, day, onChange, isCalendarOpen, onToggleCalendar }: Props) {
  /** The typed text; null while the field shows the chosen day. */
  const [text, setText] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const problemId = useId();

  // A day that is chosen elsewhere replaces the typed text.
  useEffect(() => {
    setText((typed) => (typed !== null && readDay(typed) === day ? typed : null));
    setWrong(false);
  }, [day]);

  function change(typed: string): void {
    setText(typed);
    setWrong(false);
    if (typed.trim() === '') onChange(null);
    else if (isFullDay(typed) && readDay(typed) !== null) onChange(readDay(typed));
  }

  function finish(): void {
    if (text === null) return;
    const read = readDay(text);
    const isReadable = read !== null || text.trim() === '';
    setWrong(!isReadable);
    if (!isReadable) return;
    setText(null);
    if (read !== day) onChange(read);
  }

  return (
    <div className={styles['field']}>
      <label>
        {label}
        <input
          className={styles['input']}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          placeholder={dayPattern()}
          value={text ?? (day === null ? '' : formatNumericDay(day))}
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? problemId : undefined}
          onChange={(event) => change(event.target.value)}
          onBlur={finish}
          onKeyDown={(event) => event.key === 'Enter' && finish()}
        />
      </label>
      <span className={styles['button']}>
        <IconButton
          icon={CalendarDays}
          size={16}
          label={t('gallery.calendar', { field: label })}
          aria-expanded={isCalendarOpen}
          onClick={(event) => onToggleCalendar(event.currentTarget)}
        />
      </span>
      {isWrong && (
        <p className={styles['problem']} id={problemId} role="alert">
          {t('gallery.date_problem', { example: formatNumericDay(Date.now()) })}
        </p>
      )}
    </div>
  );
}
