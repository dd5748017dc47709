// Actions on collections and favourites. Each shows a notice with Undo.

import type { RequestInput, RequestName } from '../../../shared/contract';
import type { Collection } from '../../../shared/contract/collections';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { chipsOf, type Names } from '../gallery/filters';
import { useGallery } from '../gallery/gallery-store';
import { useSelection } from '../gallery/selection-store';
import { inBatches } from '../in-batches';
import { useCollections } from './collections-store';

/** Sends a request and reports a failure to the user. @returns null after a failure. */
async function requestOrReport<Name extends RequestName>(name: Name, input: RequestInput<Name>) {
  const reply = await request(name, input);
  if (reply.ok) return { value: reply.value };
  toast(reply.message, { tone: 'problem' });
  return null;
}

/** Reloads the list. If the current query is affected, removes these pictures from view or reloads the gallery. */
async function refresh(isAffected: (query: GalleryQuery) => boolean, removed: string[] = []): Promise<void> {
  const { query, load, remove } = useGallery.getState();
  if (isAffected(query) && removed.length > 0) {
    remove(removed);
    useSelection.getState().forget(removed);
  }
  if (isAffected(query) && removed.length === 0) void load();
  await useCollections.getState().load();
}

export async function setFavourite(imageIds: string[], favourite: boolean): Promise<void> {
  const changed = await inBatches(
    imageIds,
    t(favourite ? 'gallery.adding_to_favourites' : 'gallery.removing_from_favourites'),
    (part) => request('images:favourite', { imageIds: part, favourite }),
  );
  await refresh((query) => query.favourites, favourite ? [] : imageIds);
  // A single picture shows the change by its mark, without a notice.
  if (imageIds.length === 1) return;
  toast(
    t(favourite ? 'gallery.added_to_favourites' : 'gallery.removed_from_favourites', {
      count: changed.length,
    }),
    { undo: { run: () => setFavourite(changed, !favourite), undone: null, again: null } },
  );
}

/** @returns the new collection, or null after a failure. */
export async function createCollection(
  name: string,
  query: GalleryQuery | null = null,
  imageIds: string[] = [],
): Promise<Collection | null> {
  const created = await requestOrReport('collections:create', { name, query, imageIds });
  if (created) await useCollections.getState().load();
  return created?.value ?? null;
}

/** @param names look up the names of conversations and collections in the query. */
export async function saveSearch(query: GalleryQuery, names: Names): Promise<void> {
  const collection = await createCollection(nameOfSearch(query, names), query);
  if (!collection) return;
  toast(t('gallery.search_saved', { name: collection.name }), {
    undo: { run: () => deleteCollection(collection), undone: null, again: null },
  });
}

/** Maximum length of a name that the app chooses, in Unicode characters. */
const maxNameLength = 60;

/** Returns a name from the query's text and filters. Dates include the year, because the name is read in later years too. */
export function nameOfSearch(query: GalleryQuery, names: Names): string {
  const words = [query.text.trim(), ...chipsOf(query, names, null).map(({ label }) => label)];
  const characters = [...words.filter(Boolean).join(', ')];
  const name = characters.slice(0, maxNameLength).join('').trim();
  return characters.length > maxNameLength ? `${name}…` : name;
}

export async function renameCollection({ id }: Collection, name: string): Promise<void> {
  if (await requestOrReport('collections:rename', { collectionId: id, name }))
    await useCollections.getState().load();
}

export async function deleteCollection(collection: Collection): Promise<void> {
  if (!(await forget(collection))) return;
  toast(t('gallery.collection_deleted', { name: collection.name }), {
    undo: {
      run: async () => {
        if (await requestOrReport('collections:restore', { collectionId: collection.id }))
          await useCollections.getState().load();
      },
      undone: t('ui.is_back', { name: collection.name }),
      again: () => deleteCollection(collection),
    },
  });
}

/** @returns whether the collection was deleted. */
async function forget({ id }: Collection): Promise<boolean> {
  const isGone = (await requestOrReport('collections:delete', { collectionId: id })) !== null;
  const { query, setQuery } = useGallery.getState();
  if (isGone && query.collectionId === id) setQuery({ ...everyPicture, sort: query.sort });
  if (isGone) await useCollections.getState().load();
  return isGone;
}

export async function addToCollection(collection: Collection, imageIds: string[]): Promise<void> {
  const added = await inBatches(imageIds, t('gallery.adding_to_collection'), (part) =>
    request('collections:add', { collectionId: collection.id, imageIds: part }),
  );
  await refresh(({ collectionId }) => collectionId === collection.id);
  const { length } = added;
  if (length === 0)
    return toast(t('gallery.already_in_collection', { name: collection.name }), { ofView: 'current' });
  toast(t('gallery.added_to_collection', { count: length, name: collection.name }), {
    undo: { run: () => removeFromCollection(collection, added), undone: null, again: null },
  });
}

export async function removeFromCollection(collection: Collection, imageIds: string[]): Promise<void> {
  const removed = await takeOut(collection.id, imageIds);
  if (removed.length === 0) return;
  toast(t('gallery.removed_from_collection', { count: removed.length, name: collection.name }), {
    undo: { run: () => addToCollection(collection, removed), undone: null, again: null },
  });
}

/** @returns the ids of the pictures that were in the collection. */
async function takeOut(collectionId: string, imageIds: string[]): Promise<string[]> {
  const removed = await inBatches(imageIds, t('gallery.removing_from_collection'), (part) =>
    request('collections:remove', { collectionId, imageIds: part }),
  );
  await refresh((query) => query.collectionId === collectionId, imageIds);
  return removed;
}
