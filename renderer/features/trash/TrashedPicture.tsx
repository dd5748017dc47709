// One picture of Trash, with the day of its removal and its actions.
import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import type { TrashPage } from '../../../shared/contract/trash';
import { imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { targetOfImage } from '../../picture/action-target';
import { openContextMenu } from '../../picture/menu/picture-menu-store';
import { PictureActionButton } from '../../picture/PictureActionButton';
import { runShortcut } from '../../picture/run-shortcut';
import { stateOfBroken } from '../../state/pictures/repair-pictures';
import { PlainButton } from '../../ui/PlainButton';
import { shownRatio } from '../../ui/shown-ratio';
import { hasTransparency, thumbhashBackground } from '../../ui/thumbhash';
import { RemovalTime } from './RemovalTime';
import styles from './TrashView.module.css';
import { type TrashActions, trashActionsFor } from './trash-actions';

/** Height of a picture that is not wider than the column (CSS pixels). */
const tileHeightPx = 160;

type Props = TrashPage['pictures'][number] & { actions: TrashActions; onOpen: (imageId: string) => void };

export function TrashedPicture({ image, removeAt, actions, onOpen }: Props) {
  const { id, prompt, thumbhash } = image;
  const [shown, setShown] = useState<'loading' | 'full' | 'broken'>('loading');
  const target = () => targetOfImage(image, { trash: trashActionsFor(actions, image) });
  const ratio = shownRatio(image.width, image.height);
  const isCovered = shown === 'full' && hasTransparency(thumbhash);
  return (
    <li
      data-trash-id={id}
      onKeyDown={(event) => runShortcut(event, target)}
      onContextMenu={(event) => openContextMenu(event, target)}
    >
      <PlainButton
        className={styles['tile']}
        style={{
          width: ratio * tileHeightPx,
          aspectRatio: ratio,
          ...(!isCovered && { backgroundImage: thumbhashBackground(thumbhash) }),
        }}
        data-tile
        data-transparent={isCovered || undefined}
        aria-label={prompt || t('picture.picture')}
        title={prompt}
        onClick={() => onOpen(id)}
      >
        {shown === 'broken' ? (
          <ImageOff
            size={18}
            strokeWidth={1.75}
            aria-label={t(stateOfBroken(id) === 'missing' ? 'trash.file_missing' : 'trash.file_damaged')}
          />
        ) : (
          <img
            src={imageUrl(id, '512')}
            alt=""
            loading="lazy"
            decoding="async"
            draggable={false}
            onLoad={() => setShown('full')}
            onError={() => setShown('broken')}
          />
        )}
      </PlainButton>
      <div className={styles['line']}>
        <RemovalTime removeAt={removeAt} />
        <PictureActionButton action="restore" target={target()} isLabelled />
      </div>
    </li>
  );
}
