// The composer's styles: the chip, and the list from which several can be chosen.
import { SwatchBook } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ChosenStyle } from '../../../../shared/domain/styles';
import { t } from '../../../../shared/languages/translate';
import { useStyleListRequest } from '../../../state/styles/style-list-request';
import { useStyles } from '../../../state/styles/styles-store';
import chip from '../../../ui/chip.module.css';
import { formatList } from '../../../ui/format';
import { Popover } from '../../../ui/Popover';
import { StyleList } from './StyleList';
import styles from './styles.module.css';

type Props = {
  hidden: boolean;
  chosen: readonly ChosenStyle[];
  /** Called when the list has closed and nothing else took the focus. */
  onClosed: () => void;
};

export function StylesChip({ hidden, chosen, onClosed }: Props) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const load = useStyles((state) => state.load);
  const count = useStyleListRequest((state) => state.count);
  const handled = useRef(count);

  useEffect(() => {
    if (hidden || handled.current === count) return;
    handled.current = count;
    if (!isOpen) button.current?.click();
  }, [hidden, count, isOpen]);

  const names = formatList(chosen.map(({ name }) => name));
  return (
    <Popover
      name={t('styles.title')}
      initialFocus="[role=combobox]"
      className={styles['panel']}
      onToggle={(opened) => {
        setOpen(opened);
        if (opened) void load();
        // A click elsewhere has moved the focus already.
        const focused = document.activeElement;
        if (!opened && (focused === document.body || focused === button.current)) onClosed();
      }}
      trigger={(props) => (
        <button
          ref={button}
          type="button"
          className={chip['chip']}
          aria-label={chosen.length === 0 ? t('styles.title') : t('styles.chosen_names', { names })}
          title={t('styles.hint')}
          data-chosen={chosen.length > 0 || undefined}
          {...props}
        >
          <SwatchBook size={16} strokeWidth={1.75} aria-hidden />
          <span className={styles['words']}>{t('styles.title')}</span>
        </button>
      )}
    >
      {(close) => isOpen && <StyleList chosen={chosen} close={close} />}
    </Popover>
  );
}
