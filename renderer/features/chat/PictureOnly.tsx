// The composer's switch that turns every message into a picture request. It has a track for on and off, because the chips
// beside it show chosen values.

import { Image as ImageIcon } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { useDraft } from '../../state/composer/draft-store';
import chip from '../../ui/chip.module.css';
import { spare } from '../../ui/use-fitting-labels';
import styles from './PictureOnly.module.css';

export function PictureOnly() {
  const isOn = useDraft(({ mode }) => mode === 'picture');
  const change = useDraft((state) => state.change);
  return (
    <button
      type="button"
      className={`${chip['chip']} ${styles['chip']}`}
      aria-pressed={isOn}
      aria-label={t('composer.picture')}
      title={t(isOn ? 'composer.picture_on' : 'composer.picture_off')}
      onClick={() => change({ mode: isOn ? 'auto' : 'picture' })}
    >
      <ImageIcon size={16} strokeWidth={1.75} aria-hidden />
      <span {...spare('picture-only')}>{t('composer.picture')}</span>
      <span className={styles['track']} aria-hidden />
    </button>
  );
}
