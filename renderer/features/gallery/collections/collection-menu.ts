// The actions on a collection in its context menu.
import { Images, ListChecks, Pencil, Trash2 } from 'lucide-react';
import type { Collection } from '../../../../shared/contract/collections';
import { everyPicture, type GalleryQuery } from '../../../../shared/domain/gallery-query';
import { t } from '../../../../shared/languages/translate';
import { deleteCollection } from '../../../state/collections/collection-actions';
import { useGallery } from '../../../state/gallery/gallery-store';
import { useSelection } from '../../../state/gallery/selection-store';
import { showView } from '../../../state/navigation';
import type { MenuItem } from '../../../ui/Menu';

/** Returns the query whose pictures a collection shows. */
export function queryOf({ id, query }: Pick<Collection, 'id' | 'query'>): GalleryQuery {
  return query ?? { ...everyPicture, collectionId: id };
}

export function openQuery(query: GalleryQuery): void {
  useGallery.getState().setQuery(query);
  showView('gallery');
}

/** @param rename lets the user edit the name in its row. */
export function collectionMenu(collection: Collection, rename: () => void): MenuItem[][] {
  const open = () => openQuery(queryOf(collection));
  return [
    [
      {
        name: 'open',
        icon: Images,
        label: t('gallery.open_collection'),
        isEnabled: true,
        run: open,
      },
      {
        name: 'select',
        icon: ListChecks,
        label: t('gallery.select_collection'),
        isEnabled: collection.count > 0,
        run() {
          open();
          useSelection.getState().selectAll();
        },
      },
    ],
    [
      {
        name: 'rename',
        icon: Pencil,
        label: t('gallery.rename'),
        shortcut: 'F2',
        isEnabled: true,
        run: rename,
      },
    ],
    [
      {
        name: 'delete',
        icon: Trash2,
        label: t('gallery.delete_collection_menu'),
        shortcut: 'Delete',
        isEnabled: true,
        run: () => void deleteCollection(collection),
      },
    ],
  ];
}
