// Finds out why a picture cannot be shown, and recreates its small versions if its own file is intact.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Repair } from '../../../shared/contract/pictures';
import { isUnchanged } from '../../files/is-unchanged';
import { setMissingPictures } from './check-links';
import type { StorageContext } from './storage-context';

/**
 * Marks the picture as missing, and broadcasts that, only if its own file is. Replaces damaged small versions, unless
 * the picture itself cannot be opened; then existing ones stay.
 */
export async function repairPicture(context: StorageContext, imageId: string): Promise<Repair> {
  const { store, dataFolder, generator, signal } = context;
  const file = store.userImages.file(imageId) ?? store.messages.imageFile(imageId);
  if (file === undefined) return 'missing';
  const link = store.userImages.link(imageId);
  const isThere = await (link ? isUnchanged(link) : isFile(path.join(dataFolder, file)));
  if (signal.aborted) return 'failed';
  if (!isThere) {
    setMissingPictures(context, [imageId]);
    return 'missing';
  }
  const remade = await generator.remake(imageId, file, link);
  return remade === 'made' ? 'repaired' : remade;
}

function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
