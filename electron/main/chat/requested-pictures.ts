// What becomes of the pictures that a text model asks for in the user's name.

import type { PictureMessage, TextMessage } from '../../../shared/domain/conversations';
import type { RequestedPicture } from '../../../shared/generator/messages';
import type { ChatContext } from './chat-context';
import { placeholders } from './placeholders';

/** No more pictures than this come of one reply, however many a model asks for: they are the user's money. */
export const maxRequestedPictures = 8;

/**
 * @param answer in which they are asked for.
 * @returns the rows to be inserted; none where the conversation is in Trash by now.
 */
export function placeholdersFor(
  context: ChatContext,
  answer: TextMessage,
  wishes: readonly RequestedPicture[],
  at: number,
): PictureMessage[] {
  const { store } = context;
  if (wishes.length === 0 || !store.conversations.find(answer.conversationId)) return [];
  const usual = store.settings.read().aspectRatio;
  const rows = wishes.flatMap(({ prompt, aspectRatio, count, edits }) => {
    const edited = edits === null ? null : pictureOf(context, edits, answer.conversationId);
    // A model may invent an id. A picture of the prompt alone would be of something else, and cost as much.
    if (edits !== null && edited === null) return [];
    return placeholders(
      context,
      answer.conversationId,
      {
        prompt,
        aspectRatio: aspectRatio ?? edited?.params.aspectRatio ?? usual,
        count,
        // One that is gone by now ends the job before it is sent: see generation/run-job.ts.
        references: edited ? [edited.reusedId ?? edited.id] : [],
      },
      at,
    );
  });
  return rows.slice(0, maxRequestedPictures);
}

/** @returns the picture that is to be edited, if it is this conversation's. */
function pictureOf({ store }: ChatContext, imageId: string, conversationId: string): PictureMessage | null {
  const message = store.messages.find(imageId);
  return message?.kind === 'image' && message.conversationId === conversationId ? message : null;
}
