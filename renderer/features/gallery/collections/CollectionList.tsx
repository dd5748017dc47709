// The gallery's part of the sidebar: all pictures, favourites and collections. Pictures can be dropped on collections.

import { Heart, Images, Pencil, Plus, SearchCheck, Trash2 } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { type Collection, maxCollectionNameLength } from '../../../../shared/contract/collections';
import { everyPicture, type GalleryQuery } from '../../../../shared/domain/gallery-query';
import { imageUrl } from '../../../../shared/domain/pictures';
import { t } from '../../../../shared/languages/translate';
import {
  addToCollection,
  createCollection,
  deleteCollection,
  renameCollection,
} from '../../../state/collections/collection-actions';
import { useCollections } from '../../../state/collections/collections-store';
import { matchesSamePictures } from '../../../state/gallery/filters';
import { useGallery } from '../../../state/gallery/gallery-store';
import { useDrag } from '../../../state/pictures/drag-pictures';
import { formatNumber } from '../../../ui/format';
import { IconButton } from '../../../ui/IconButton';
import { Menu, type MenuPlace } from '../../../ui/Menu';
import { contextMenuPlace } from '../../../ui/menu-place';
import { NameField } from '../../../ui/NameField';
import styles from './CollectionList.module.css';
import { collectionMenu, openQuery, queryOf } from './collection-menu';

function nameFieldProps() {
  return {
    label: t('gallery.collection_name'),
    placeholder: t('gallery.collection_name_placeholder'),
    maxLength: maxCollectionNameLength,
  };
}

export function CollectionList() {
  const { everything, favourites, collections } = useCollections((state) => state.list);
  const load = useCollections((state) => state.load);
  const [isNaming, setNaming] = useState(false);
  useEffect(() => void load(), [load]);
  return (
    <nav className={styles['list']} aria-label={t('gallery.collections')}>
      <ul>
        <li className={styles['item']}>
          <Place
            icon={<Images size={18} strokeWidth={1.75} aria-hidden />}
            query={everyPicture}
            count={everything}
          >
            {t('gallery.all_pictures')}
          </Place>
        </li>
        <li className={styles['item']}>
          <Place
            icon={<Heart size={18} strokeWidth={1.75} aria-hidden />}
            query={{ ...everyPicture, favourites: true }}
            count={favourites}
          >
            {t('gallery.favourites')}
          </Place>
        </li>
      </ul>
      <header className={styles['head']}>
        <h2 className={styles['title']}>{t('gallery.collections')}</h2>
        <IconButton
          icon={Plus}
          size={16}
          label={t('gallery.new_collection')}
          onClick={() => setNaming(true)}
        />
      </header>
      <ul>
        {collections.map((collection) => (
          <Item key={collection.id} collection={collection} />
        ))}
        {isNaming && (
          <NameField
            {...nameFieldProps()}
            name=""
            onKeep={(name) => void createCollection(name)}
            onDone={() => setNaming(false)}
          />
        )}
      </ul>
      {collections.length === 0 && !isNaming && (
        <p className={styles['hint']}>{t('gallery.collections_hint')}</p>
      )}
    </nav>
  );
}

type PlaceProps = { icon: ReactNode; query: GalleryQuery; count: number; isMore?: boolean; children: string };

/** A link to a query of the gallery, with its number of pictures. */
function Place({ icon, query, count, isMore = false, children }: PlaceProps) {
  const isCurrent = useGallery((state) => matchesSamePictures(state.query, query));
  const number = isMore ? t('gallery.more_than', { count }) : formatNumber(count);
  return (
    <button
      type="button"
      className={styles['open']}
      aria-current={isCurrent || undefined}
      title={children}
      onClick={() => openQuery(query)}
    >
      {icon}
      <span className={styles['name']}>{children}</span>
      <span className={styles['count']}>{number}</span>
    </button>
  );
}

function Item({ collection }: { collection: Collection }) {
  const { name, query, count, isMore } = collection;
  const [isRenaming, setRenaming] = useState(false);
  const [menuPlace, setMenuPlace] = useState<MenuPlace | null>(null);
  const item = useRef<HTMLLIElement>(null);
  const addTarget = useDrag((state) => state.addTarget);
  const isTarget = useDrag(({ over }) => over !== null && over === item.current);
  const attach = useCallback(
    (element: HTMLLIElement | null) => {
      item.current = element;
      // Pictures cannot be added to a saved search.
      if (!element || query !== null) return;
      return addTarget(element, (imageIds) => void addToCollection(collection, imageIds));
    },
    [addTarget, collection, query],
  );
  if (isRenaming) {
    return (
      <NameField
        {...nameFieldProps()}
        name={name}
        onKeep={(changed) => void renameCollection(collection, changed)}
        onDone={() => setRenaming(false)}
      />
    );
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'F2') setRenaming(true);
    else if (event.key === 'Delete' && !event.repeat) void deleteCollection(collection);
    else return;
    event.preventDefault();
  }

  return (
    <li
      className={styles['item']}
      ref={attach}
      data-target={isTarget || undefined}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        event.preventDefault();
        setMenuPlace(contextMenuPlace(event, event.currentTarget));
      }}
    >
      <Place
        icon={<Cover collection={collection} />}
        query={queryOf(collection)}
        count={count}
        isMore={isMore}
      >
        {name}
      </Place>
      <span className={styles['actions']}>
        <IconButton
          icon={Pencil}
          size={16}
          label={t('gallery.rename_collection', { name })}
          onClick={() => setRenaming(true)}
        />
        <IconButton
          icon={Trash2}
          size={16}
          label={t('gallery.delete_collection', { name })}
          onClick={() => void deleteCollection(collection)}
        />
      </span>
      {menuPlace && (
        <Menu
          name={t('gallery.collection_menu', { name })}
          place={menuPlace}
          sections={collectionMenu(collection, () => setRenaming(true))}
          onClose={() => setMenuPlace(null)}
        />
      )}
    </li>
  );
}

function Cover({ collection: { query, coverId } }: { collection: Collection }) {
  if (query !== null) return <SearchCheck size={18} strokeWidth={1.75} aria-hidden />;
  if (coverId === null) return <span className={styles['cover']} />;
  return <img className={styles['cover']} src={imageUrl(coverId, '256')} alt="" draggable={false} />;
}
