// Takes a picture out of its stack of near duplicates, or allows it in a stack again.
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { Store } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';
import type { FingerprintReading } from './read-fingerprints';

export type SeparateContext = {
  store: Pick<Store, 'stacks' | 'transaction' | 'userImages'>;
  broadcast: Broadcast;
  reading: Pick<FingerprintReading, 'readFirst'>;
};

/** Changes nothing but the stack: the picture and the others of its stack stay where they are. */
export async function separate(
  { store, broadcast, reading }: SeparateContext,
  imageId: string,
  isSeparate: boolean,
): Promise<Result<null>> {
  if (!store.userImages.find(imageId)) return failure('not_found');
  const before = store.stacks.members(imageId);
  const hasChanged = store.transaction(() =>
    isSeparate ? store.stacks.separate(imageId) : store.stacks.join(imageId),
  );
  if (!hasChanged) return success(null);
  // Otherwise it joins a stack when its fingerprint is read, which notifies the windows.
  if (isSeparate) broadcast('gallery:stacked', [...new Set([...before, imageId])]);
  else await reading.readFirst(imageId);
  return success(null);
}
