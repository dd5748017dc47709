// A heart that is filled if the picture is a favourite.

import { Heart } from 'lucide-react';
import { t } from '../../shared/languages/translate';
import { setFavourite } from '../state/collections/collection-actions';
import { IconButton } from '../ui/IconButton';

type Props = { imageId: string; favourite: boolean; tabIndex?: number; size?: 16 | 18 };

export function FavouriteButton({ imageId, favourite, tabIndex = 0, size = 18 }: Props) {
  return (
    <IconButton
      icon={Heart}
      label={t('picture.favourite')}
      size={size}
      aria-pressed={favourite}
      title={t('picture.action_and_keys', { action: t('picture.favourite'), keys: 'F' })}
      tabIndex={tabIndex}
      onClick={(event) => {
        // The tile behind the button handles clicks too.
        event.stopPropagation();
        void setFavourite([imageId], !favourite);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
      }}
    />
  );
}
