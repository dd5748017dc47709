// The list of the user's styles. Its order is also that of the composer's list.
import { Copy, GripVertical, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ListedStyle } from '../../../../shared/contract/styles';
import { t } from '../../../../shared/languages/translate';
import { useStyleEditor } from '../../../state/styles/style-editor';
import { ownEntry } from '../../../state/styles/style-entries';
import { useStyles } from '../../../state/styles/styles-store';
import { IconButton } from '../../../ui/IconButton';
import { PlainButton } from '../../../ui/PlainButton';
import { type Reorder, reorderShortcuts, useReorder } from '../../../ui/use-reorder';
import styles from './StylesSection.module.css';
import { StyleTexts } from './StyleTexts';

export function OwnStyles({ own, isFull }: { own: readonly ListedStyle[]; isFull: boolean }) {
  const { move } = useStyles.getState();
  const [moved, setMoved] = useState<string | null>(null);
  const reorder = useReorder(
    own.map(({ id }) => id),
    (id, before) => {
      setMoved(id);
      void move(id, before);
    },
  );
  const at = own.findIndex(({ id }) => id === moved);
  return (
    <>
      <ul ref={reorder.list} className={styles['list']} aria-label={t('styles.own')}>
        {own.map((style) => (
          <OwnRow key={style.id} style={style} isFull={isFull} reorder={own.length > 1 ? reorder : null} />
        ))}
      </ul>
      <p className="visually-hidden" role="status">
        {at >= 0 && t('styles.moved', { name: own[at]?.name ?? '', place: at + 1, count: own.length })}
      </p>
    </>
  );
}

type RowProps = { style: ListedStyle; isFull: boolean; reorder: Reorder | null };

function OwnRow({ style, isFull, reorder }: RowProps) {
  const { duplicate, remove } = useStyles.getState();
  const { id, name } = style;
  const edit = () => useStyleEditor.getState().edit(style);
  return (
    <li className={styles['row']} data-mark={reorder?.markOf(id)} {...reorder?.rowProps(id)}>
      {reorder && (
        <span
          className={styles['handle']}
          title={t('styles.drag', { name })}
          aria-hidden
          {...reorder.handleProps(id)}
        >
          <GripVertical size={16} strokeWidth={1.75} />
        </span>
      )}
      <PlainButton
        className={styles['open']}
        {...(reorder && { 'aria-keyshortcuts': reorderShortcuts })}
        onClick={edit}
      >
        <StyleTexts style={ownEntry(style)} />
      </PlainButton>
      <IconButton icon={Pencil} size={16} label={t('styles.edit_named', { name })} onClick={edit} />
      <IconButton
        icon={Copy}
        size={16}
        label={t('styles.duplicate_named', { name })}
        disabled={isFull}
        onClick={() => void duplicate(style)}
      />
      <IconButton
        icon={Trash2}
        size={16}
        label={t('styles.remove_named', { name })}
        onClick={() => void remove(style)}
      />
    </li>
  );
}
