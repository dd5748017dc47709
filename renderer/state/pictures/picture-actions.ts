// Actions on one picture, for every part of the app.

import { joinSentences, t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { writeClipboard } from '../../ui/clipboard';
import { endNoticesOf, toast } from '../../ui/toasts';
import { useGallery } from '../gallery/gallery-store';

/** Saves a copy under a name that the user chooses, and reports the result in a notice. */
export async function saveCopy(imageId: string): Promise<void> {
  const reply = await request('images:save-copy', { imageId });
  const again = { label: t('picture.save_again'), run: () => void saveCopy(imageId) };
  if (!reply.ok) {
    toast(reply.message, {
      tone: 'problem',
      ...(reply.code === 'format_not_written' && { action: again }),
    });
  } else if (reply.value) toast(t('picture.saved_as', { path: reply.value.path }));
}

/** Saves the provider's bytes of a picture that cannot be opened. */
export async function saveKept(messageId: string): Promise<void> {
  const reply = await request('pictures:save-kept', { messageId });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
  else if (reply.value) toast(t('picture.saved_as', { path: reply.value.path }));
}

/** Shows a picture's file in the system's file manager. Reports a failure in a notice. */
export async function showInFolder(imageId: string): Promise<void> {
  const reply = await request('images:show-in-folder', { imageId });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}

/** Puts a picture on the clipboard. */
export async function copyPicture(imageId: string): Promise<void> {
  const reply = await request('images:copy', { imageId });
  toast(
    reply.ok ? t('picture.copied') : reply.message,
    reply.ok ? { ofView: 'current' } : { tone: 'problem' },
  );
}

/** Opens the system's menu for sharing. */
export async function sharePicture(imageId: string): Promise<void> {
  const reply = await request('images:share', { imageId });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}

/** Puts a prompt on the clipboard, and confirms it in a notice. */
export async function copyText(text: string): Promise<void> {
  if (await writeClipboard(text)) toast(t('picture.prompt_copied'), { ofView: 'current' });
}

export type Deletion = {
  /** Called after the user has undone the deletion. */
  onRestored?: (() => void) | undefined;
  /** Redoes the deletion, if it involves more than moving the pictures to Trash. */
  again?: (() => void) | undefined;
  /** A sentence about other changes, for the notice. */
  sentence?: string | undefined;
};

/** Moves a picture to Trash. Events update gallery and chat. */
export async function deletePicture(imageId: string, options: Deletion = {}): Promise<void> {
  const { onRestored, sentence, again = () => deletePicture(imageId) } = options;
  // Read before the picture leaves the gallery.
  const isLinked = areLinked([imageId]);
  const reply = await request('images:delete', { imageId });
  if (!reply.ok) return toast(reply.message, { tone: 'problem' });
  endNoticesOf([imageId]);
  const moved = isLinked ? t('picture.entry_removed', { count: 1 }) : t('picture.moved_to_trash');
  toast(withMore(moved, isLinked, sentence), {
    about: [imageId],
    undo: {
      run: async () => {
        if (await restorePicture(imageId)) onRestored?.();
      },
      undone: t('trash.picture_restored'),
      again,
    },
  });
}

/** Returns the notice of a deletion, with a sentence about other changes. */
export function withMore(moved: string, isSentence: boolean, more: string | undefined): string {
  if (more === undefined) return moved;
  return isSentence ? joinSentences([moved, more]) : t('picture.moved_and_more', { moved, more });
}

/** Returns whether the files of all these pictures stay in the user's folders. False if unknown. */
export function areLinked(imageIds: readonly string[]): boolean {
  const { tiles } = useGallery.getState();
  return imageIds.every((id) => tiles.get(id)?.isLinked === true);
}

/** @returns whether the picture was restored. */
export async function restorePicture(imageId: string): Promise<boolean> {
  const reply = await request('images:restore', { imageId });
  if (reply.ok) endNoticesOf([imageId]);
  else toast(reply.message, { tone: 'problem' });
  return reply.ok;
}

/** Lets the user choose the file of a missing picture. @returns why the chosen file was refused, or null. */
export async function locatePicture(imageId: string): Promise<string | null> {
  const reply = await request('images:locate', { imageId });
  return reply.ok ? null : reply.message;
}
