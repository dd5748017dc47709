// Saves copies of pictures: of one under a name that the user chooses, of several into a folder.
import { request } from '../../ipc';
import { formatCount } from '../../ui/format';
import { toast } from '../../ui/toasts';
import { saveCopy } from './picture-actions';

export async function savePictures(imageIds: readonly string[]): Promise<void> {
  const [only] = imageIds;
  if (only === undefined) return;
  if (imageIds.length === 1) return saveCopy(only);
  const reply = await request('export:save-copies', { imageIds: [...imageIds] });
  if (!reply.ok) return toast(reply.message, { tone: 'problem' });
  if (!reply.value) return;
  const { path, saved, skipped } = reply.value;
  const left = skipped > 0 ? ` ${formatCount(skipped, 'picture')} skipped because the file is missing.` : '';
  toast(`${formatCount(saved, 'picture')} saved in ${path}.${left}`);
}
