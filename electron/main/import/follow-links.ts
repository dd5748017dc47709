// Follows pictures whose files stay in the user's folders: a file that was moved, or only touched, is known by its content.
import { isUnchanged, type KnownFile } from '../../files/is-unchanged';
import type { FileContent } from './find-duplicate';
import type { ImportContext } from './import-context';
import { whenFree } from './when-free';

/**
 * Looks for linked pictures with the content of a file whose own file is gone or was changed. They refer to the new file if
 * it may stay where it is; otherwise they are marked as missing, so that the file can be copied.
 *
 * @param contents the file's own content comes first: only the very same bytes are followed.
 * @param link the file, if it may stay where it is.
 */
export async function followLinks(
  context: ImportContext,
  [content]: readonly FileContent[],
  link: KnownFile | null,
): Promise<void> {
  const { store, broadcast, now, signal } = context;
  if (!content) return;
  const write = (work: () => void) => whenFree(signal, () => store.transaction(work));
  for (const row of store.pictureRows.linkedWith(content.contentHash)) {
    if (await isUnchanged(row)) {
      if (!row.isMissing || signal.aborted) continue;
      await write(() => store.pictureRows.setMissing(row.id, null));
    } else {
      if (signal.aborted) return;
      if (link === null && row.isMissing) continue;
      await write(() => {
        if (link) store.pictureRows.setLink(row.id, link);
        else store.pictureRows.setMissing(row.id, now());
      });
    }
    if (signal.aborted) return;
    const image = store.userImages.find(row.id);
    if (image && image.state !== 'trash') broadcast('gallery:changed', [image]);
  }
}
