// Chooses the picture that stands for a style: one of the latest, or of those that a search finds.
import { useState } from 'react';
import { imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { useFoundPictures } from '../../state/gallery/use-found-pictures';
import { PlainButton } from '../../ui/PlainButton';
import styles from './ChoosePicture.module.css';

type Props = { chosen: string | null; onChoose: (imageId: string) => void };

/** More are found by their words. */
const maxShown = 24;

export function ChoosePicture({ chosen, onChoose }: Props) {
  const [text, setText] = useState('');
  const { pictures, problem } = useFoundPictures(text);
  return (
    <div className={styles['choice']}>
      <input
        type="search"
        className={styles['search']}
        aria-label={t('composer.search_gallery')}
        placeholder={t('composer.search_gallery')}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        // Enter would save the style.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
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
          {problem ?? t(text.trim() === '' ? 'composer.gallery_empty' : 'composer.none_found')}
        </p>
      )}
    </div>
  );
}
