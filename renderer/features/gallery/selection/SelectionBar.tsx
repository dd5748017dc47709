// The toolbar of actions on the selected pictures, shown over the gallery while any are selected.
import { Columns2, Download, X } from 'lucide-react';
import { AddToCollection } from '../../../picture/AddToCollection';
import { targetOfIds } from '../../../picture/action-target';
import { PictureActionButton } from '../../../picture/PictureActionButton';
import { useCollections } from '../../../state/collections/collections-store';
import { useGallery } from '../../../state/gallery/gallery-store';
import { isSelectingAll, selectedInOrder, useSelection } from '../../../state/gallery/selection-store';
import { useExport } from '../../../state/pictures/export-store';
import { FoldingRow } from '../../../ui/FoldingRow';
import { formatNumber } from '../../../ui/format';
import { IconButton } from '../../../ui/IconButton';
import { PopMenu } from '../../../ui/PopMenu';
import styles from './SelectionBar.module.css';
import { useSelectionKeys } from './selection-keys';

/** Maximum number of pictures compared side by side. */
export const maxCompared = 4;

export function SelectionBar({ onCompare }: { onCompare: (imageIds: string[]) => void }) {
  useSelectionKeys();
  const count = useSelection(({ ids }) => ids.size);
  const clear = useSelection((state) => state.clear);
  const isPending = useSelection(isSelectingAll);
  const collectionId = useGallery((state) => state.query.collectionId);
  const collection = useCollections(({ list }) => list.collections.find((each) => each.id === collectionId));
  if (count === 0) return <p className="visually-hidden" role="status" aria-label="Selection" />;
  const target = targetOfIds(selectedInOrder, collection);
  return (
    <div className={styles['bar']} role="toolbar" aria-label="Selection">
      <IconButton icon={X} label="Clear the selection (Esc)" onClick={clear} />
      <p className={styles['count']} role="status" aria-label="Selection">
        {formatNumber(count)} selected
      </p>
      <FoldingRow disabled={isPending}>
        <PictureActionButton action="favourite" target={target} />
        <AddToCollection imageIds={selectedInOrder} onDone={clear} />
        <PictureActionButton action="removeFromCollection" target={target} />
        <ExportMenu />
        <IconButton
          icon={Columns2}
          label={count > maxCompared ? `Compare (2 to ${maxCompared} pictures)` : 'Compare side by side'}
          disabled={count < 2 || count > maxCompared}
          onClick={() => onCompare(selectedInOrder())}
        />
        <PictureActionButton action="delete" target={target} />
      </FoldingRow>
    </div>
  );
}

function ExportMenu() {
  const start = useExport((state) => state.start);
  const choose = (as: 'folder' | 'zip') => () => void start(selectedInOrder(), as);
  return (
    <PopMenu
      icon={Download}
      label="Export…"
      name="Export"
      side="above"
      note="Each picture includes its recipe."
      options={[
        { label: 'Into a folder…', onChoose: choose('folder') },
        { label: 'As a zip file…', onChoose: choose('zip') },
      ]}
    />
  );
}
