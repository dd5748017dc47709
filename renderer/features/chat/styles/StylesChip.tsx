// The composer's styles: the chip, and the list from which several can be chosen.
import { SwatchBook } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ChosenStyle } from '../../../../shared/domain/styles';
import { t } from '../../../../shared/languages/translate';
import { useStyleListRequest } from '../../../state/styles/style-list-request';
import { useStyles } from '../../../state/styles/styles-store';
import chip from '../../../ui/chip.module.css';
import { formatList } from '../../../ui/format';
import { Popover } from '../../../ui/Popover';
import { spare } from '../../../ui/use-fitting-labels';
import { StyleList } from './StyleList';
import styles from './styles.module.css';

type Props = {
  hidden: boolean;
  chosen: readonly ChosenStyle[];
  /** Moves the focus when the list closes and nothing else has taken it. */
  onClose: () => void;
};

export function StylesChip({ hidden, chosen, onClose }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const load = useStyles((state) => state.load);
  const count = useStyleListRequest((state) => state.count);
  const handled = useRef(count);

  useEffect(() => {
    if (hidden || handled.current === count) return;
    handled.current = count;
    const { current } = button;
    if (current?.ariaExpanded === 'false') current.click();
  }, [hidden, count]);

  const names = formatList(chosen.map(({ name }) => name));
  return (
    <Popover
      name={t('styles.title')}
      initialFocus="[role=combobox]"
      className={styles['panel']}
      onOpen={() => void load()}
      onClose={onClose}
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
          <span {...spare('styles')}>{t('styles.title')}</span>
        </button>
      )}
    >
      {(close, isOpen) => isOpen && <StyleList chosen={chosen} close={close} />}
    </Popover>
  );
}
