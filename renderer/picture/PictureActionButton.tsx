// The button for one action of the list.
import { IconButton } from '../ui/IconButton';
import { type PictureActionName, pictureActions } from './action-list';
import type { PictureTarget } from './action-target';

type Props = {
  action: PictureActionName;
  target: PictureTarget;
  size?: 16 | 18;
  /** Closes the lightbox that the button is in. */
  onClose?: () => void;
};

export function PictureActionButton({ action: name, target, size = 18, onClose }: Props) {
  const action = pictureActions[name];
  if (action.isOffered && !action.isOffered(target)) return null;
  return (
    <IconButton
      icon={action.icon}
      size={size}
      label={typeof action.label === 'string' ? action.label : action.label(target)}
      disabled={action.isEnabled ? !action.isEnabled(target) : false}
      onClick={() => {
        if (action.closesLightbox) onClose?.();
        action.run(target);
      }}
    />
  );
}
