// What can be done with collections and favourites from anywhere in the app. Each says what it did, with a way back.

import type { RequestInput, RequestName } from '../../../shared/contract';
import type { Collection } from '../../../shared/contract/collections';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { request } from '../../ipc';
import { formatCount } from '../../ui/format';
import { toast } from '../../ui/toasts';
import { modelLabel, providerLabel, shapeLabels } from '../gallery/filters';
import { useGallery } from '../gallery/gallery-store';
import { useSelection } from '../gallery/selection-store';
import { inBatches } from '../in-batches';
import { useCollections } from './collections-store';

/** @returns the answer, or null where it failed; then the user has been told why. */
async function ask<Name extends RequestName>(name: Name, input: RequestInput<Name>) {
  const reply = await request(name, input);
  if (reply.ok) return { value: reply.value };
  toast(reply.message, { tone: 'problem' });
  return null;
}

/** Reads the list again, and where the pictures on screen may be others now, takes these out or lets them in. */
async function refresh(isShown: (query: GalleryQuery) => boolean, gone: string[] = []): Promise<void> {
  const { query, load, remove } = useGallery.getState();
  if (isShown(query) && gone.length > 0) {
    remove(gone);
    useSelection.getState().forget(gone);
  }
  if (isShown(query) && gone.length === 0) void load();
  await useCollections.getState().load();
}

const undo = (run: () => Promise<unknown>) => ({ action: { label: 'Undo', run: () => void run() } });

export async function setFavourite(imageIds: string[], favourite: boolean): Promise<void> {
  const changed = await inBatches(
    imageIds,
    favourite ? 'Adding to Favourites' : 'Taking from Favourites',
    (part) => request('images:favourite', { imageIds: part, favourite }),
  );
  await refresh((query) => query.favourites, favourite ? [] : imageIds);
  // One is seen on the picture itself.
  if (imageIds.length === 1) return;
  toast(
    `${formatCount(changed.length, 'picture')} ${favourite ? 'added to' : 'taken from'} Favourites`,
    undo(() => setFavourite(changed, !favourite)),
  );
}

/** @returns the new collection, or null where it failed. */
export async function createCollection(
  name: string,
  query: GalleryQuery | null = null,
  imageIds: string[] = [],
): Promise<Collection | null> {
  const created = await ask('collections:create', { name, query, imageIds });
  if (created) await useCollections.getState().load();
  return created?.value ?? null;
}

export async function saveSearch(query: GalleryQuery): Promise<void> {
  const collection = await createCollection(nameOf(query), query);
  if (!collection) return;
  toast(
    `Search saved as “${collection.name}”`,
    undo(() => forget(collection)),
  );
}

/** @returns a name that the user can change later. */
function nameOf({ text, models, providers, shape, favourites }: GalleryQuery): string {
  const words = [
    text.trim(),
    ...models.map(modelLabel),
    ...providers.map(providerLabel),
    shape === null ? '' : shapeLabels[shape],
    favourites ? 'Favourites' : '',
  ];
  return words.filter(Boolean).join(', ').slice(0, 60).trim() || 'Saved search';
}

export async function renameCollection({ id }: Collection, name: string): Promise<void> {
  if (await ask('collections:rename', { collectionId: id, name })) await useCollections.getState().load();
}

export async function deleteCollection(collection: Collection): Promise<void> {
  if (!(await forget(collection))) return;
  toast(
    `Collection “${collection.name}” deleted. Its pictures stay.`,
    undo(async () => {
      if (await ask('collections:restore', { collectionId: collection.id }))
        await useCollections.getState().load();
    }),
  );
}

/** @returns whether it is gone. */
async function forget({ id }: Collection): Promise<boolean> {
  const isGone = (await ask('collections:delete', { collectionId: id })) !== null;
  const { query, setQuery } = useGallery.getState();
  if (isGone && query.collectionId === id) setQuery({ ...everyPicture, sort: query.sort });
  if (isGone) await useCollections.getState().load();
  return isGone;
}

export async function addToCollection(collection: Collection, imageIds: string[]): Promise<void> {
  const added = await inBatches(imageIds, 'Adding to the collection', (part) =>
    request('collections:add', { collectionId: collection.id, imageIds: part }),
  );
  await refresh(({ collectionId }) => collectionId === collection.id);
  const { length } = added;
  if (length === 0) return toast(`Already in “${collection.name}”`);
  toast(
    `${formatCount(length, 'picture')} added to “${collection.name}”`,
    undo(() => takeOut(collection.id, added)),
  );
}

export async function removeFromCollection(collection: Collection, imageIds: string[]): Promise<void> {
  const removed = await takeOut(collection.id, imageIds);
  if (removed.length === 0) return;
  toast(
    `${formatCount(removed.length, 'picture')} taken out of “${collection.name}”`,
    undo(() => addToCollection(collection, removed)),
  );
}

/** @returns the ids of those that were in it. */
async function takeOut(collectionId: string, imageIds: string[]): Promise<string[]> {
  const removed = await inBatches(imageIds, 'Taking out of the collection', (part) =>
    request('collections:remove', { collectionId, imageIds: part }),
  );
  await refresh((query) => query.collectionId === collectionId, imageIds);
  return removed;
}
