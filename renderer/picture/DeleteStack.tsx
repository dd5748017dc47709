// Asks whether to delete all pictures of a stack, because only the top one is visible.

import { useId } from 'react';
import { t } from '../../shared/languages/translate';
import { useStackDeletion } from '../state/gallery/stack-actions';
import { deletePictures } from '../state/pictures/bulk-actions';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import styles from './DeleteStack.module.css';

/** Rendered once in the app. */
export function DeleteStack() {
  const { asked, close } = useStackDeletion();
  const titleId = useId();
  if (!asked) return null;
  const { imageIds, hidden, onDelete, onRestored } = asked;
  const top = imageIds.filter((id) => !hidden.includes(id));
  const remove = (ids: string[]) => () => {
    close();
    deleteNow();

    function deleteNow(): void {
      onDelete();
      void deletePictures(ids, { onRestored, again: deleteNow });
    }
  };
  return (
    <Dialog
      className={styles['dialog']}
      aria-labelledby={titleId}
      onClose={close}
      // The gallery behind must not handle the same keys.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id={titleId}>{t('picture.delete_stack')}</h2>
      <p>{t('picture.delete_stack_text', { count: hidden.length })}</p>
      <div className={styles['buttons']}>
        {/* First, so that it gets the focus: an accidental Enter deletes nothing. */}
        <Button onClick={close}>{t('ui.cancel')}</Button>
        <Button onClick={remove(top)}>{t('picture.delete_stack_top', { count: top.length })}</Button>
        <Button tone="danger" onClick={remove(imageIds)}>
          {t('picture.delete_stack_all', { count: imageIds.length })}
        </Button>
      </div>
    </Dialog>
  );
}
