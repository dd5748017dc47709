// The buttons that zoom a picture, and its zoom in percent of the actual size.

import { ZoomIn, ZoomOut } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { IconButton } from '../../ui/IconButton';
import { QuietButton } from '../../ui/QuietButton';
import type { ZoomControl } from './use-zoom';
import styles from './ZoomButtons.module.css';
import { atActualSize, fitted, type Sizes, type Zoom, zoomedTo, zoomStep } from './zoom';

type Props = {
  zoom: Zoom;
  sizes: Sizes | null;
  onZoom: ZoomControl['change'];
  /** Whether there are buttons for the fitted and the actual size, because clicking the picture does not toggle them. */
  hasSteps?: boolean;
};

export function ZoomButtons({ zoom, sizes, onZoom, hasSteps = false }: Props) {
  const by = (factor: number) => onZoom((now, all) => zoomedTo(now, now.scale * factor, { x: 0, y: 0 }, all));
  return (
    <>
      <IconButton
        isRepeatable
        icon={ZoomOut}
        label={t('picture.zoom_out')}
        disabled={zoom.scale <= 1}
        onClick={() => by(1 / zoomStep)}
      />
      <output className={styles['percent']} aria-label={t('picture.zoom')}>
        {sizes && t('picture.zoom_percent', { zoom: zoom.scale / sizes.actual })}
      </output>
      <IconButton isRepeatable icon={ZoomIn} label={t('picture.zoom_in')} onClick={() => by(zoomStep)} />
      {hasSteps && (
        <>
          <QuietButton
            label={t('picture.zoom_fit')}
            title={t('picture.action_and_keys', { action: t('picture.zoom_fit'), keys: '0' })}
            disabled={zoom.scale <= 1.001}
            onClick={() => onZoom(() => fitted)}
          />
          <QuietButton
            label={t('picture.zoom_percent', { zoom: 1 })}
            title={t('picture.action_and_keys', { action: t('picture.zoom_actual'), keys: '1' })}
            onClick={() => onZoom(atActualSize)}
          />
        </>
      )}
    </>
  );
}
