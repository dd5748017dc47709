// Sends an edit of a picture: to the open conversation if it was started there, otherwise to the picture's own.

import type { ChosenModel } from '../../../shared/domain/chosen-model';
import type { Edit, LocalEdit, Upscale } from '../../../shared/domain/edits';
import { nearestRatio } from '../../../shared/domain/model-lookup';
import type { AspectRatio } from '../../../shared/domain/models';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { useChat } from '../chat/chat-store';
import { pictureIdOf } from '../chat/messages';
import { once } from '../chat/once';
import { showView, useView } from '../navigation';
import { chosenFields, chosenProvider } from './chosen-provider';

export type PictureChange = {
  imageId: string;
  words: string;
  /** The part to change, whose mask must already be saved. Absent: the whole picture may change. */
  edit?: Edit;
  /** The shape of the picture with its frame. */
  shape: AspectRatio;
};

/**
 * Sends an edit, and shows the chat with its answer. A picture without a conversation, such as an imported one, starts a new
 * one.
 *
 * @returns whether it was sent.
 */
export async function sendEdit({ imageId, words, edit, shape }: PictureChange): Promise<boolean> {
  // Uses the choices of the open chat, even if the picture belongs to another one.
  const chosen = chosenFields();
  const { id: service, pictureModel } = chosenProvider();
  const aspectRatio = nearestRatio(service, pictureModel, shape);
  if (!(await openConversationOf(imageId))) return false;
  showView('chat');
  // An edit that differs in any way is a new message.
  const intent = JSON.stringify(['edit', imageId, words, edit]);
  const problem = await once(intent, (questionId) =>
    useChat.getState().send({
      ...chosen,
      ...{ questionId, text: words, mode: 'picture', aspectRatio, count: 1, isDraft: false },
      references: [imageId],
      ...(edit && { edit }),
    }),
  );
  if (problem) toast(problem.message, { tone: 'problem' });
  return problem === null;
}

/** A change of a whole picture without a prompt, and the model or the local edit that makes it. */
export type WordlessChange = {
  /** The text of the message, which is only shown in the chat. */
  text: string;
  model: ChosenModel;
  shape: AspectRatio;
} & ({ upscale: Pick<Upscale, 'factor'> } | { change: LocalEdit });

/** Sends a change without a prompt, and shows the chat with its answer, as `sendEdit` does. @returns whether it was sent. */
export async function sendWordless(
  imageId: string,
  { shape: aspectRatio, ...wanted }: WordlessChange,
): Promise<boolean> {
  if (!(await openConversationOf(imageId))) return false;
  showView('chat');
  const intent = JSON.stringify(['wordless', imageId, wanted]);
  const problem = await once(intent, (questionId) =>
    useChat.getState().send({
      ...{ questionId, mode: 'picture', aspectRatio, count: 1, isDraft: false, references: [imageId] },
      ...wanted,
    }),
  );
  if (problem) toast(problem.message, { tone: 'problem' });
  return problem === null;
}

async function openConversationOf(imageId: string): Promise<boolean> {
  // In the open chat, the picture may also be an attached one, or the original of another one.
  if (useView.getState().view === 'chat') return true;
  const { messages } = useChat.getState();
  const isHere = Object.values(messages).some(
    (message) => message.kind === 'image' && pictureIdOf(message) === imageId,
  );
  if (isHere) return true;
  const facts = await request('images:facts', { imageId });
  const conversation = facts.ok ? facts.value.conversation : null;
  if (!conversation) {
    useChat.getState().newChat();
    return true;
  }
  const claim = await request('windows:claim-chat', { conversationId: conversation.id });
  if (claim.ok && !claim.value.isHere) {
    // Its conversation is open in another window, but the answer belongs in the window where the edit was made.
    useChat.getState().newChat();
    return true;
  }
  await useChat.getState().open(conversation.id);
  return useChat.getState().currentId === conversation.id;
}
