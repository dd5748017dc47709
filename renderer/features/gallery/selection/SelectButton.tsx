// The circle in a picture's corner that selects it.

import { Check } from 'lucide-react';
import { t } from '../../../../shared/languages/translate';
import { useSelection } from '../../../state/gallery/selection-store';
import styles from './SelectButton.module.css';

export function SelectButton({ imageId, isSelected }: { imageId: string; isSelected: boolean }) {
  return (
    <button
      type="button"
      className={styles['circle']}
      aria-label={t('gallery.select')}
      aria-pressed={isSelected}
      title={t(isSelected ? 'gallery.unselect' : 'gallery.select')}
      // Keyboard users press x on the picture instead.
      tabIndex={-1}
      onClick={(event) => {
        const { extend, toggle } = useSelection.getState();
        if (event.shiftKey) extend(imageId);
        else toggle(imageId);
      }}
    >
      <Check size={16} strokeWidth={2.25} aria-hidden />
    </button>
  );
}
