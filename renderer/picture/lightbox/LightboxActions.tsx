// The row of actions below the open picture.
import { Info, X, ZoomIn, ZoomOut } from 'lucide-react';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { IconButton } from '../../ui/IconButton';
import type { PictureActionName } from '../action-list';
import type { PictureTarget } from '../action-target';
import { MoreButton } from '../menu/MoreButton';
import { PictureActionButton } from '../PictureActionButton';
import { usePanel } from '../use-facts';
import styles from './Lightbox.module.css';
import type { ZoomControl } from './use-zoom';
import { type Sizes, type Zoom, zoomedTo } from './zoom';

/** The others are in the menu. */
const shown = [
  'favourite',
  'again',
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
        label={panel.isOpen ? 'Hide the recipe (i)' : 'Show the recipe (i)'}
        aria-expanded={panel.isOpen}
        onClick={panel.toggle}
      />
      <IconButton icon={X} label="Close" onClick={onLeave} />
    </footer>
  );
}

function ZoomButtons({ zoom, sizes, onZoom }: Props) {
  const by = (factor: number) => onZoom((now, all) => zoomedTo(now, now.scale * factor, { x: 0, y: 0 }, all));
  return (
    <>
      <IconButton
        isRepeatable
        icon={ZoomOut}
        label="Zoom out (-)"
        disabled={zoom.scale <= 1}
        onClick={() => by(1 / 1.5)}
      />
      <output className={styles['percent']} aria-label="Zoom">
        {sizes && `${Math.round((zoom.scale / sizes.actual) * 100)}%`}
      </output>
      <IconButton isRepeatable icon={ZoomIn} label="Zoom in (+)" onClick={() => by(1.5)} />
    </>
  );
}
