// The names of styles that a message uses, as a row of chips.
import { SwatchBook, X } from 'lucide-react';
import type { UsedStyle } from '../../../../shared/domain/styles';
import { t } from '../../../../shared/languages/translate';
import { PlainButton } from '../../../ui/PlainButton';
import styles from './styles.module.css';

type Props = {
  label: string;
  styles: readonly UsedStyle[];
  /** Absent: the names are read-only, and show the values of their variables. */
  onRemove?: (id: string) => void;
  /** Called to move the focus when the last name is removed. */
  onLastRemoved?: () => void;
};

export function StyleNames({ label, styles: shown, onRemove, onLastRemoved }: Props) {
  function remove(id: string, item: HTMLElement | null): void {
    const neighbour = item?.nextElementSibling ?? item?.previousElementSibling;
    const next = neighbour?.querySelector('button');
    if (next) next.focus();
    else onLastRemoved?.();
    onRemove?.(id);
  }

  return (
    <ul className={styles['names']} aria-label={label}>
      {shown.map(({ id, name, prompt, negativePrompt, values }) => (
        <li key={id} className={styles['chosen']} title={prompt || negativePrompt}>
          <SwatchBook size={14} strokeWidth={1.75} aria-hidden />
          <span className={styles['name']} dir="auto">
            {onRemove ? name : [name, ...Object.values(values).filter(Boolean)].join(' · ')}
          </span>
          {onRemove && (
            <PlainButton
              className={styles['remove']}
              aria-label={t('styles.leave_out', { name })}
              onClick={(event) => remove(id, event.currentTarget.closest('li'))}
              onKeyDown={(event) => {
                if (event.key !== 'Delete' && event.key !== 'Backspace') return;
                event.preventDefault();
                remove(id, event.currentTarget.closest('li'));
              }}
            >
              <X size={14} strokeWidth={1.75} aria-hidden />
            </PlainButton>
          )}
        </li>
      ))}
    </ul>
  );
}
