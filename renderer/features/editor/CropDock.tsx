// What will be made of the picture on this computer: its size, whether it is enlarged, and the button that makes it.
import type { LocalEdit } from '../../../shared/domain/edits';
import { Button } from '../../ui/Button';
import { ChipMenu } from '../../ui/ChipMenu';
import { shortcutText } from '../../ui/shortcut';
import styles from './CropDock.module.css';

const scaleNames: Readonly<Record<LocalEdit['scale'], string>> = {
  1: 'Same size',
  2: 'Enlarge 2x',
  4: 'Enlarge 4x',
};

type Props = {
  width: number;
  height: number;
  scale: LocalEdit['scale'];
  onScale: (scale: LocalEdit['scale']) => void;
  isTooLarge: boolean;
  isMaking: boolean;
  canApply: boolean;
  onApply: () => void;
};

export function CropDock({ width, height, scale, onScale, isTooLarge, isMaking, canApply, onApply }: Props) {
  return (
    <div className={styles['dock']}>
      <div className={styles['bar']}>
        <p className={styles['text']}>
          <span>
            {width} × {height}
          </span>
          {isTooLarge ? (
            <span className={styles['problem']} role="alert">
              Too large. Crop more, or enlarge less.
            </span>
          ) : (
            <small>
              {isMaking
                ? 'Making the picture…'
                : scale === 1
                  ? 'Makes a new picture on this computer, free.'
                  : 'Makes a new picture: resampled on this computer, adds no detail.'}
            </small>
          )}
        </p>
        <ChipMenu
          label="Enlarge"
          value={scale}
          options={[1, 2, 4]}
          onChange={onScale}
          render={(value) => scaleNames[value]}
        />
        <Button
          tone="primary"
          disabled={!canApply}
          title={`Apply (${shortcutText('Mod+Enter')})`}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          onClick={onApply}
        >
          Apply
        </Button>
      </div>
    </div>
  );
}
