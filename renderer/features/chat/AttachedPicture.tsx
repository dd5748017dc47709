// A picture attached to a message, or a placeholder if it no longer exists.
import { ImageOff } from 'lucide-react';
import { imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { useGone, useIsGone } from '../../state/pictures/gone-pictures';

/** @param index counted from 0. */
export function AttachedPicture({ id, index }: { id: string; index: number }) {
  if (useIsGone(id))
    return <ImageOff size={18} strokeWidth={1.75} role="img" aria-label={t('composer.not_found')} />;
  return (
    <img
      src={imageUrl(id, '256')}
      alt={t('composer.reference', { number: index + 1 })}
      draggable={false}
      onError={() => useGone.getState().receiveRemoved([id])}
    />
  );
}
