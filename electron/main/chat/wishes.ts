// What becomes of the pictures that a text model asks for in the person's name.
import type { PictureWish } from '../../../shared/generator-messages';
import type { PictureMessage, TextMessage } from '../../../shared/ipc';
import type { ChatContext } from './chat-context';
import { modelForEdits, placeholders } from './placeholders';

/** No more pictures than this come of one reply, however many a model asks for: they are the person's money. */
export const mostWished = 8;

/**
 * @param answer in which they are asked for.
 * @returns the rows to be inserted; none where the conversation is in Trash by now.
 */
export function placeholdersFor(
  context: ChatContext,
  answer: TextMessage,
  wishes: readonly PictureWish[],
  at: number,
): PictureMessage[] {
  const { store } = context;
  if (wishes.length === 0 || !store.conversations.find(answer.conversationId)) return [];
  const usual = store.settings.read().aspectRatio;
  const rows = wishes.flatMap(({ prompt, aspectRatio, count, edits }) => {
    const parent = edits === null ? null : editable(context, edits, answer.conversationId);
    return placeholders(
      context,
      answer.conversationId,
      {
        prompt,
        aspectRatio: aspectRatio ?? parent?.params.aspectRatio ?? usual,
        count,
        references: parent ? [parent.reusedId ?? parent.id] : [],
      },
      at,
    );
  });
  return rows.slice(0, mostWished);
}

/** @returns the picture to be edited, if it is this conversation's, is there, and some model can edit it. */
function editable(context: ChatContext, imageId: string, conversationId: string): PictureMessage | null {
  const message = context.store.messages.find(imageId);
  if (message?.kind !== 'image' || message.conversationId !== conversationId) return null;
  if (message.image === null || message.image.state !== undefined) return null;
  return modelForEdits(context) === null ? null : message;
}
