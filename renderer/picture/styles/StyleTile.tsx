// The small picture of a style, or its first letter if it has none.
import { useState } from 'react';
import { imageUrl } from '../../../shared/domain/pictures';
import type { StyleEntry } from '../../state/styles/style-entries';
import styles from './StyleTile.module.css';
import { starterPictures } from './starter-pictures';

type Props = { style: Pick<StyleEntry, 'name' | 'pictureId' | 'starter'>; size?: 'small' | 'large' };

/** Decorative, because the name is beside it. */
export function StyleTile({ style: { name, pictureId, starter }, size = 'small' }: Props) {
  /** The id of a picture that could not be shown, because it was permanently deleted or its file is missing. */
  const [gone, setGone] = useState<string | null>(null);
  const own = pictureId === null || pictureId === gone ? null : imageUrl(pictureId, '256');
  const source = own ?? (starter && starterPictures[starter]);
  return (
    <span className={styles['tile']} data-size={size} aria-hidden>
      {source === null ? (
        firstLetter(name)
      ) : (
        <img src={source} alt="" loading="lazy" draggable={false} onError={() => setGone(pictureId)} />
      )}
    </span>
  );
}

/** Returns the first grapheme of a name, which may be an emoji. */
function firstLetter(name: string): string {
  for (const { segment } of new Intl.Segmenter().segment(name.trim().slice(0, 40))) {
    return segment.toLocaleUpperCase();
  }
  return '';
}
