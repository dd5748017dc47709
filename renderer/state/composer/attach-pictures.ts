// Attaches pictures to the draft: files, pasted pictures, and pictures of the gallery.

import { v7 as newId } from 'uuid';
import { maxReferences } from '../../../shared/domain/models';
import { t } from '../../../shared/languages/translate';
import { attach, request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { showView } from '../navigation';
import { countAdding, useAdding } from './adding-store';
import { useAttachedNotes } from './attached-notes';
import { draftIn, useDraft } from './draft-store';

/**
 * Adds files to the gallery, one after the other in their order, and attaches each as soon as it is added. A file that is not
 * a picture is only mentioned in a notice. Only files are accepted, and web addresses are never fetched.
 */
export async function attachFiles(files: readonly File[]): Promise<void> {
  const { conversationId } = useDraft.getState();
  const taken = files.slice(0, Math.max(0, freeAttachmentSlots(conversationId)));
  showLeftOut(files.length - taken.length);
  const pictures = taken.map((file) => ({
    file,
    key: newId(),
    name: file.name || t('composer.nameless_picture'),
    conversationId,
  }));
  useAdding.getState().add(pictures);
  const problems: string[] = [];
  for (const { key, ...picture } of pictures) {
    const problem = await attachFile(picture);
    if (problem !== null) {
      problems.push(problem);
      useAdding.getState().setSendsAfter(conversationId, false);
    }
    useAdding.getState().end(key);
  }
  const [first] = problems;
  if (first === undefined) return;
  const text =
    problems.length === 1
      ? first
      : t('composer.files_not_attached', { count: problems.length, problem: first });
  toast(text, { tone: 'problem' });
}

type Attached = { file: File; name: string; conversationId: string };

/** @returns why the file was not attached; null if it was. */
async function attachFile({ file, name, conversationId }: Attached): Promise<string | null> {
  const reply = await attach(file).catch(() => null);
  if (!reply) return t('errors.not_attached');
  if (!reply.ok) return reply.message;
  const { imageId, wasInTrash, notes } = reply.value;
  useAttachedNotes.getState().add(imageId, name, notes);
  useDraft.getState().attach(imageId, conversationId);
  if (wasInTrash) toast(t('composer.was_in_trash', { name }));
  return null;
}

/** Attaches pictures of the gallery to the open conversation's message, and shows the chat. */
export function attachReferences(imageIds: readonly string[]): void {
  const { conversationId, references, attach: attachPicture } = useDraft.getState();
  const added = imageIds.filter((id) => !references.includes(id));
  const taken = added.slice(0, Math.max(0, freeAttachmentSlots(conversationId)));
  for (const id of taken) attachPicture(id);
  showLeftOut(added.length - taken.length);
  showView('chat');
}

/** Returns how many more pictures fit into a conversation's message. */
export function freeAttachmentSlots(conversationId: string): number {
  const attached = draftIn(useDraft.getState(), conversationId)?.references.length ?? 0;
  return maxReferences - attached - countAdding(conversationId);
}

function showLeftOut(count: number): void {
  if (count <= 0) return;
  toast(t('composer.pictures_left_out', { max: maxReferences, count }), { tone: 'problem', ofView: 'chat' });
}

/** Whether the next paste was requested for a picture, so that text is not wanted. */
let wantsPicture = false;

/** Pastes into the focused field, as the keyboard does, because the page must not read the clipboard. */
export async function pastePicture(): Promise<void> {
  wantsPicture = true;
  const reply = await request('desktop:paste', {});
  if (reply.ok) return;
  wantsPicture = false;
  toast(reply.message, { tone: 'problem' });
}

/**
 * Attaches the pictures and files of a paste. Text together with a picture of it, as office programs copy it, counts as text.
 *
 * @returns whether the paste was handled, so that the field must ignore it.
 */
export function handlePaste(data: DataTransfer): boolean {
  const isWanted = wantsPicture;
  wantsPicture = false;
  const files = [...data.files];
  const isText = data.getData('text/html') !== '' && data.getData('text/plain').trim() !== '';
  if (files.length > 0 && (isWanted || !isText)) {
    void attachFiles(files);
    return true;
  }
  if (isWanted) toast(t('composer.nothing_to_paste'), { tone: 'problem', ofView: 'current' });
  return isWanted;
}
