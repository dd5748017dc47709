// Saves copies of pictures: one under a name that the user chooses, several into a folder.
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { saveCopy } from './picture-actions';

/** Saves copies, and reports the result in a notice. */
export async function savePictures(imageIds: readonly string[]): Promise<void> {
  const [only] = imageIds;
  if (only === undefined) return;
  if (imageIds.length === 1) return saveCopy(only);
  const reply = await request('export:save-copies', { imageIds: [...imageIds] });
  if (!reply.ok) return toast(reply.message, { tone: 'problem' });
  if (!reply.value) return;
  const { path, saved, skipped } = reply.value;
  toast(
    skipped > 0
      ? t('picture.saved_in_but', { count: saved, path, skipped })
      : t('picture.saved_in', { count: saved, path }),
  );
}
