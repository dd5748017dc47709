// The toolbar of actions on the selected pictures, shown over the gallery while any are selected.

import { Download, X } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { t } from '../../../../shared/languages/translate';
import type { PictureActionName } from '../../../picture/action-list';
import { targetOfSelection } from '../../../picture/action-target';
import { MoreButton } from '../../../picture/menu/MoreButton';
import { PictureActionButton } from '../../../picture/PictureActionButton';
import { useShownCollection } from '../../../picture/use-shown-collection';
import { useGallery } from '../../../state/gallery/gallery-store';
import {
  hiddenUnderSelected,
  isSelectingAll,
  selectedInOrder,
  useSelection,
} from '../../../state/gallery/selection-store';
import { countSelected, type SelectedCounts } from '../../../state/gallery/stacks';
import { useExport } from '../../../state/pictures/export-store';
import { IconButton } from '../../../ui/IconButton';
import { PopMenu } from '../../../ui/PopMenu';
import styles from './SelectionBar.module.css';
import { useSelectionKeys } from './selection-keys';

/** The actions with buttons. The others are in the menu. */
const shown = ['favourite', 'addToCollection', 'removeFromCollection'] as const satisfies PictureActionName[];

export function SelectionBar() {
  useSelectionKeys();
  const ids = useSelection((state) => state.ids);
  const stacks = useGallery((state) => state.stacks);
  const counts = useMemo(() => countSelected(stacks, ids), [stacks, ids]);
  const count = counts.pictures;
  const clear = useSelection((state) => state.clear);
  const isPending = useSelection(isSelectingAll);
  const collection = useShownCollection();
  const target = useCallback(
    () =>
      targetOfSelection(selectedInOrder, count, {
        ...{ collection, hidden: hiddenUnderSelected, onCollected: clear },
      }),
    [count, collection, clear],
  );
  if (count === 0) return <p className="visually-hidden" role="status" aria-label={t('gallery.selection')} />;
  return (
    <div className={styles['bar']} role="toolbar" aria-label={t('gallery.selection')}>
      <IconButton icon={X} label={t('gallery.clear_selection')} onClick={clear} />
      <p className={styles['count']} role="status" aria-label={t('gallery.selection')}>
        {selectionText(counts)}
      </p>
      <fieldset className={styles['actions']} disabled={isPending}>
        {shown.map((action) => (
          <PictureActionButton key={action} action={action} target={target()} />
        ))}
        <ExportMenu />
        <PictureActionButton action="compare" target={target()} isLabelled />
        <PictureActionButton action="delete" target={target()} isLabelled />
        <MoreButton target={target} />
      </fieldset>
    </div>
  );
}

function selectionText({ pictures: count, stacks, inStacks: pictures }: SelectedCounts): string {
  if (stacks === 0) return t('gallery.selected', { count });
  return count === pictures
    ? t('gallery.selected_stacks', { pictures, stacks })
    : t('gallery.selected_with_stacks', { count, pictures, stacks });
}

function ExportMenu() {
  const start = useExport((state) => state.start);
  const choose = (as: 'folder' | 'zip') => () => void start(selectedInOrder(), as);
  return (
    <PopMenu
      icon={Download}
      label={t('gallery.export_menu')}
      name={t('gallery.export')}
      side="above"
      note={t('gallery.export_note')}
      options={[
        { label: t('gallery.into_folder'), onChoose: choose('folder') },
        { label: t('gallery.as_zip'), onChoose: choose('zip') },
      ]}
    />
  );
}
