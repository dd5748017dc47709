// Many pictures into Trash and out of it again: one transaction, however many.
import { rowsPerStep, type StorageContext, tellMessages } from './storage-context';

/** @returns the ids of those that were in the gallery. */
export function moveManyToTrash(context: StorageContext, imageIds: readonly string[]): string[] {
  const { store, broadcast, now } = context;
  const at = now();
  const gone = store.transaction(() =>
    imageIds.filter((id) => {
      // A picture whose gallery entry was set aside is known by its message alone.
      if (!store.userImages.find(id)) store.pictureRows.addToGallery(id);
      return store.trash.add(id, at);
    }),
  );
  if (gone.length > 0) broadcast('gallery:removed', gone);
  void tellInSteps(context, gone);
  return gone;
}

/** @returns the ids of those that are back. Ones whose removal for good has begun stay gone. */
export function restoreManyFromTrash(context: StorageContext, imageIds: readonly string[]): string[] {
  const { store, broadcast } = context;
  const back = store.transaction(() => imageIds.filter((id) => store.trash.restore(id)));
  const images = back.flatMap((id) => store.userImages.find(id) ?? []);
  if (images.length > 0) broadcast('gallery:added', images);
  void tellInSteps(context, back);
  return back;
}

/** The chat may show any of them; the gallery, which asked, does not wait for that. */
async function tellInSteps(context: StorageContext, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length && !context.signal.aborted; at += rowsPerStep) {
    tellMessages(context, ids.slice(at, at + rowsPerStep));
    await context.pause();
  }
}
