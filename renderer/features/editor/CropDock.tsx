// The resulting size of a local change, whether it enlarges, and the button that applies it.

import type { LocalEdit } from '../../../shared/domain/edits';
import { t } from '../../../shared/languages/translate';
import { Button } from '../../ui/Button';
import { ChipMenu } from '../../ui/ChipMenu';
import { shortcutText } from '../../ui/shortcut';
import styles from './CropDock.module.css';

function scaleName(scale: LocalEdit['scale']): string {
  return scale === 1 ? t('editor.same_size') : t('editor.enlarge_by', { factor: scale });
}

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
          <span>{t('editor.size', { width, height })}</span>
          {isTooLarge ? (
            <span className={styles['problem']} role="alert">
              {t('editor.too_large_crop')}
            </span>
          ) : (
            <small>
              {t(isMaking ? 'editor.making' : scale === 1 ? 'editor.makes_here' : 'editor.makes_resampled')}
            </small>
          )}
        </p>
        <ChipMenu
          label={t('editor.enlarge')}
          value={scale}
          options={[1, 2, 4]}
          onChange={onScale}
          render={scaleName}
        />
        <Button
          tone="primary"
          disabled={!canApply}
          title={t('editor.apply_with_keys', { keys: shortcutText('Mod+Enter') })}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          onClick={onApply}
        >
          {t('editor.apply')}
        </Button>
      </div>
    </div>
  );
}
