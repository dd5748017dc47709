// The button that opens the menu of a picture's actions.

import { Ellipsis } from 'lucide-react';
import { useRef } from 'react';
import { t } from '../../../shared/languages/translate';
import { IconButton } from '../../ui/IconButton';
import type { PictureTarget } from '../action-target';
import { openMenuBeside, usePictureMenu } from './picture-menu-store';

type Props = { target: () => PictureTarget; size?: 16 | 18; tabIndex?: number };

export function MoreButton({ target, size = 18, tabIndex = 0 }: Props) {
  const isOpen = usePictureMenu(({ menu }) => menu?.target === target);
  /** The press that closes the menu must not open it again. */
  const wasOpen = useRef(false);
  return (
    <IconButton
      icon={Ellipsis}
      label={t('picture.more_actions')}
      size={size}
      tabIndex={tabIndex}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      onPointerDown={() => {
        wasOpen.current = isOpen;
      }}
      onClick={(event) => {
        // The picture behind the button handles clicks too.
        event.stopPropagation();
        if (!wasOpen.current) openMenuBeside(event.currentTarget, target);
        wasOpen.current = false;
      }}
    />
  );
}
