// The picture, the name and the beginning of the text of a style, in a row of the settings.
import { StyleTile } from '../../../picture/styles/StyleTile';
import type { StyleEntry } from '../../../state/styles/style-entries';
import styles from './StylesSection.module.css';

export function StyleTexts({ style }: { style: StyleEntry }) {
  return (
    <>
      <StyleTile style={style} />
      <span className={styles['texts']}>
        <span className={styles['name']} dir="auto">
          {style.name}
        </span>
        <small dir="auto">{style.prompt || style.negativePrompt}</small>
      </span>
    </>
  );
}
