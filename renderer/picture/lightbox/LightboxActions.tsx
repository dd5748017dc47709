// The row of actions below the open picture.

import { Info, X } from 'lucide-react';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { IconButton } from '../../ui/IconButton';
import type { PictureActionName } from '../action-list';
import type { PictureTarget } from '../action-target';
import { MoreButton } from '../menu/MoreButton';
import { PictureActionButton } from '../PictureActionButton';
import { usePanel } from '../use-facts';
import styles from './Lightbox.module.css';
import type { ZoomControl } from './use-zoom';
import { ZoomButtons } from './ZoomButtons';
import type { Sizes, Zoom } from './zoom';

/** The others are in the menu. */
const shown = [
  'favourite',
  'again',
  'edit',
  'useAsReference',
  'copyPicture',
  'save',
  'delete',
] as const satisfies PictureActionName[];

type Props = {
  image: GalleryImage;
  /** Returns the open picture. The same function until something about it changes. */
  target: () => PictureTarget;
  zoom: Zoom;
  sizes: Sizes | null;
  onZoom: ZoomControl['change'];
  /** Closes with an animation back to the tile. */
  onLeave: () => void;
};

export function LightboxActions(props: Props) {
  const { image, target, onLeave } = props;
  const panel = usePanel();
  const isThere = image.state === undefined;
  return (
    <footer className={styles['foot']}>
      {isThere && <ZoomButtons {...props} />}
      <span className={styles['gap']} />
      {shown.map((action) => (
        <PictureActionButton key={action} action={action} target={target()} />
      ))}
      <MoreButton target={target} />
      <span className={styles['gap']} />
      <IconButton
        icon={Info}
        label={t(panel.isOpen ? 'picture.hide_recipe' : 'picture.show_recipe')}
        aria-expanded={panel.isOpen}
        onClick={panel.toggle}
      />
      <IconButton icon={X} label={t('picture.close')} onClick={onLeave} />
    </footer>
  );
}
