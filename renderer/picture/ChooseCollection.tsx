// Adds pictures to a collection that the user chooses, or to a new one.

import { useEffect, useId, useRef, useState } from 'react';
import { maxCollectionNameLength } from '../../shared/contract/collections';
import { lengthProblem } from '../../shared/domain/text-length';
import { t } from '../../shared/languages/translate';
import { addToCollection, createCollection } from '../state/collections/collection-actions';
import { useCollectionChoice } from '../state/collections/collection-choice';
import { useCollections } from '../state/collections/collections-store';
import { Dialog } from '../ui/Dialog';
import { formatNumber } from '../ui/format';
import { moveFocus } from '../ui/Popover';
import styles from './ChooseCollection.module.css';

/** Rendered once in the app. */
export function ChooseCollection() {
  const imageIds = useCollectionChoice((state) => state.imageIds);
  return imageIds && <Choice imageIds={imageIds} />;
}

function Choice({ imageIds }: { imageIds: string[] }) {
  const { onAdded, close } = useCollectionChoice();
  const load = useCollections((state) => state.load);
  const collections = useCollections((state) => state.list.collections);
  const [name, setName] = useState('');
  const problemId = useId();
  const problem = lengthProblem(name.trim(), maxCollectionNameLength);
  const panel = useRef<HTMLDivElement>(null);
  const hasFocused = useRef(false);
  useEffect(() => void load(), [load]);
  const own = collections.filter(({ query }) => query === null);
  const count = own.length;
  useEffect(() => {
    // The list may arrive after the dialog opens, whose field would otherwise keep the focus.
    if (hasFocused.current && count === 0) return;
    hasFocused.current = true;
    panel.current?.querySelector<HTMLElement>('button, input')?.focus();
  }, [count]);

  function add(run: () => unknown): void {
    close();
    run();
    onAdded();
  }

  return (
    <Dialog
      className={styles['dialog']}
      aria-label={t('picture.add_to_collection')}
      onClose={close}
      onClick={(event) => event.target === event.currentTarget && close()}
      onKeyDown={(event) => {
        // The gallery and the lightbox behind must not handle the same keys.
        event.stopPropagation();
        moveFocus(event);
      }}
    >
      <div ref={panel} className={styles['panel']}>
        <h2 className={styles['title']}>{t('picture.add_to_collection')}</h2>
        {own.map((collection) => (
          <button
            key={collection.id}
            type="button"
            className={styles['option']}
            onClick={() => add(() => addToCollection(collection, imageIds))}
          >
            <span>{collection.name}</span>
            <small>{formatNumber(collection.count)}</small>
          </button>
        ))}
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault();
            const newName = name.trim();
            if (newName === '' || problem !== null) return;
            add(async () => {
              const created = await createCollection(newName);
              if (created) await addToCollection(created, imageIds);
            });
          }}
        >
          <input
            type="text"
            className={styles['field']}
            aria-label={t('picture.new_collection')}
            placeholder={t('picture.new_collection')}
            value={name}
            aria-invalid={problem !== null || undefined}
            aria-describedby={problem === null ? undefined : problemId}
            onChange={(event) => setName(event.target.value)}
          />
          {problem !== null && (
            <p className={styles['problem']} id={problemId} role="alert">
              {problem}
            </p>
          )}
        </form>
      </div>
    </Dialog>
  );
}
