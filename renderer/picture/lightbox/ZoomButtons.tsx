// The buttons that zoom a picture, and its zoom in percent of its pixels.

import { ZoomIn, ZoomOut } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { IconButton } from '../../ui/IconButton';
import type { ZoomControl } from './use-zoom';
import styles from './ZoomButtons.module.css';
import { type Sizes, type Zoom, zoomedTo } from './zoom';

type Props = { zoom: Zoom; sizes: Sizes | null; onZoom: ZoomControl['change'] };

export function ZoomButtons({ zoom, sizes, onZoom }: Props) {
  const by = (factor: number) => onZoom((now, all) => zoomedTo(now, now.scale * factor, { x: 0, y: 0 }, all));
  return (
    <>
      <IconButton
        isRepeatable
        icon={ZoomOut}
        label={t('picture.zoom_out')}
        disabled={zoom.scale <= 1}
        onClick={() => by(1 / 1.5)}
      />
      <output className={styles['percent']} aria-label={t('picture.zoom')}>
        {sizes && t('picture.zoom_percent', { zoom: zoom.scale / sizes.actual })}
      </output>
      <IconButton isRepeatable icon={ZoomIn} label={t('picture.zoom_in')} onClick={() => by(1.5)} />
    </>
  );
}
