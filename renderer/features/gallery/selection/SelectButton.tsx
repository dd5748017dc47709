// A circle in a picture's corner that chooses it; filled where it is chosen.
import { Check } from 'lucide-react';
import { useSelection } from '../../../state/gallery/selection-store';
import styles from './SelectButton.module.css';

export function SelectButton({ imageId, isSelected }: { imageId: string; isSelected: boolean }) {
  return (
    <button
      type="button"
      className={styles['circle']}
      aria-label="Select"
      aria-pressed={isSelected}
      title={isSelected ? 'Take out of the selection' : 'Select'}
      // By keyboard it is the key x on the picture itself.
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
