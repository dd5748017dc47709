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
import { type PictureSteps, StepButton } from './StepButton';
import type { ZoomControl } from './use-zoom';
import { ZoomButtons } from './ZoomButtons';
import type { Sizes, Zoom } from './zoom';

/** The actions with buttons. The others are in the menu, which in a narrow window also has those in `minor`. */
const shown = [
  'favourite',
  'edit',
  'again',
  'useAsReference',
  'copyPicture',
  'save',
  'delete',
  'restore',
  'deleteForGood',
] as const satisfies PictureActionName[];

/** The most used actions, which have labels. */
const named: readonly PictureActionName[] = ['edit', 'save', 'delete', 'restore', 'deleteForGood'];
const minor: readonly PictureActionName[] = ['again', 'useAsReference', 'copyPicture'];

type Props = {
  image: GalleryImage;
  /** Returns the open picture. The same function until something about it changes. */
  target: () => PictureTarget;
  zoom: Zoom;
  sizes: Sizes | null;
  onZoom: ZoomControl['change'];
  place: PictureSteps;
  /** Closes with an animation back to the tile. */
  onLeave: () => void;
};

export function LightboxActions(props: Props) {
  const { image, target, place, onLeave } = props;
  const panel = usePanel();
  const isThere = image.state === undefined;
  return (
    <footer className={styles['foot']}>
      <Position {...place} />
      {isThere && (
        <span className={styles['zoom']}>
          <ZoomButtons {...props} />
        </span>
      )}
      <span className={styles['gap']} />
      {shown.map((action) => (
        <span key={action} className={minor.includes(action) ? styles['minor'] : undefined}>
          <PictureActionButton action={action} target={target()} isLabelled={named.includes(action)} />
        </span>
      ))}
      {!target().trash && <MoreButton target={target} />}
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

/** Shows the position of the open picture. In a narrow window, it includes the buttons to the neighbours. */
function Position({ position, ...steps }: PictureSteps) {
  if (position === null) return null;
  const { hidden = 0, ...place } = position;
  const hint = hidden > 0 ? t('picture.position_hidden', { count: hidden }) : undefined;
  return (
    <span className={styles['position']}>
      <StepButton by={-1} isInRow {...steps} />
      <span aria-live="polite" title={hint}>
        {t('picture.position', place)}
      </span>
      {/* Outside of the live region, so that not each step announces it. */}
      {hint !== undefined && <span className="visually-hidden">{hint}</span>}
      <StepButton by={1} isInRow {...steps} />
    </span>
  );
}
