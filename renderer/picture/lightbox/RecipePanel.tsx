// The panel that shows how a picture was made.

import type { RecipeFacts } from '../../../shared/contract/pictures';
import { type GalleryImage, imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { targetOfImage } from '../action-target';
import { PictureActionButton } from '../PictureActionButton';
import styles from './RecipePanel.module.css';
import { fileRows, type RecipeRow, recipeRows } from './recipe-rows';

type Props = {
  image: GalleryImage;
  facts: RecipeFacts | null;
  /** Null if no other picture can be opened. */
  onOpen: ((imageId: string) => void) | null;
};

export function RecipePanel({ image, facts, onOpen }: Props) {
  const { prompt } = image;
  const fromFile = fileRows(facts?.imported ?? null);
  return (
    <aside className={styles['panel']} aria-label={t('picture.recipe')}>
      <header className={styles['head']}>
        <h2>{t('picture.prompt')}</h2>
        <PictureActionButton action="copyPrompt" target={targetOfImage(image)} size={16} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long prompt scrolls and must be reachable by keyboard. */}
      <p className={styles['prompt']} tabIndex={0}>
        {prompt}
      </p>
      <Rows rows={recipeRows(image, facts)} />
      {fromFile.length > 0 && (
        <section className={styles['fromFile']} aria-label={t('picture.from_file')}>
          <h2>{t('picture.from_file')}</h2>
          <Rows rows={fromFile} />
        </section>
      )}
      {facts?.parent && onOpen && <EditedFrom parent={facts.parent} onOpen={onOpen} />}
    </aside>
  );
}

function Rows({ rows }: { rows: readonly RecipeRow[] }) {
  return (
    <dl className={styles['facts']}>
      {rows.map(([name, value], at) => (
        <div key={`${at} ${name}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function EditedFrom({
  parent,
  onOpen,
}: {
  parent: { id: string; prompt: string };
  onOpen: NonNullable<Props['onOpen']>;
}) {
  return (
    <section className={styles['lineage']}>
      <h2>{t('picture.made_from')}</h2>
      <button type="button" className={styles['parent']} onClick={() => onOpen(parent.id)}>
        <img src={imageUrl(parent.id, '256')} alt="" draggable={false} />
        <span>{parent.prompt}</span>
      </button>
    </section>
  );
}
