// Lets the user choose the sample picture of a style, from the latest pictures or with a search.
import { useState } from 'react';
import { imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { isFiltered } from '../../state/gallery/filters';
import { queryOfText, useFoundPictures } from '../../state/gallery/use-found-pictures';
import { PlainButton } from '../../ui/PlainButton';
import { PictureSearch } from '../find/PictureSearch';
import styles from './ChoosePicture.module.css';

type Props = { chosen: string | null; onChoose: (imageId: string) => void };

/** Maximum number of shown pictures. A search finds the others. */
const maxShown = 24;

export function ChoosePicture({ chosen, onChoose }: Props) {
  const [query, setQuery] = useState(() => queryOfText(''));
  const { pictures, count, problem } = useFoundPictures(query);
  return (
    <div className={styles['choice']}>
      <PictureSearch query={query} onChange={setQuery} found={count} />
      <ul className={styles['grid']} aria-label={t('composer.gallery_pictures')}>
        {pictures.slice(0, maxShown).map(({ id, prompt }) => (
          <li key={id}>
            <PlainButton
              className={styles['picture']}
              aria-label={prompt}
              title={prompt}
              aria-pressed={id === chosen}
              onClick={() => onChoose(id)}
            >
              <img src={imageUrl(id, '256')} alt="" loading="lazy" draggable={false} />
            </PlainButton>
          </li>
        ))}
      </ul>
      {pictures.length === 0 && (
        <p role="status">
          {problem ?? t(isFiltered(query) ? 'composer.none_found' : 'composer.gallery_empty')}
        </p>
      )}
    </div>
  );
}
