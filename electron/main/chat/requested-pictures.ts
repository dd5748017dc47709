// Turns the pictures that a text model requests into placeholders.
import { applyStyles } from '../../../shared/domain/apply-styles';
import {
  maxPicturesOfReply,
  maxTextLength,
  type NewMessage,
  type PictureMessage,
  type TextMessage,
} from '../../../shared/domain/conversations';
import type { RequestedPicture } from '../../../shared/generator/jobs';
import { newId } from '../db/new-id';
import type { ChatContext } from './chat-context';
import { withChosenModel } from './chosen-model';
import { createPlaceholders } from './placeholders';

/**
 * In a conversation in Trash they wait, like all work that has not begun.
 *
 * @param answer the reply that requests the pictures.
 * @returns the rows to insert.
 */
export function placeholdersForRequested(
  ofSettings: ChatContext,
  answer: TextMessage,
  requestedPictures: readonly RequestedPicture[],
  at: number,
): NewMessage<PictureMessage>[] {
  const { store } = ofSettings;
  const { model, options, styles = [], aspectRatio: shape, seed } = store.messages.replyChoices(answer.id);
  const chosen = withChosenModel(ofSettings, model);
  // If the service was removed meanwhile, the reply must still be stored.
  const context = chosen.ok ? chosen.value : ofSettings;
  const defaultRatio = shape ?? store.settings.read().aspectRatio;
  const rows = requestedPictures.flatMap(({ prompt, aspectRatio, count, edits }) => {
    const edited = edits === null ? null : pictureOf(context, edits, answer.conversationId);
    // A model may invent an id. A picture without its reference would be wrong and cost as much.
    if (edits !== null && edited === null) return [];
    return createPlaceholders(
      context,
      answer.conversationId,
      {
        // The model's prompt may be too long for the styles to fit.
        prompt: applyStyles(prompt, styles, maxTextLength) ?? prompt,
        ...{ options, styles, seed },
        aspectRatio: aspectRatio ?? edited?.params.aspectRatio ?? defaultRatio,
        ids: Array.from({ length: count }, () => newId()),
        // If the reference is deleted before the request is sent, the job ends with a reason: see
        // generation/run-job.ts.
        references: edited ? [edited.reusedId ?? edited.id] : [],
      },
      at,
    );
  });
  return rows.slice(0, maxPicturesOfReply);
}

/** Returns the picture to edit, if it belongs to this conversation. */
function pictureOf({ store }: ChatContext, imageId: string, conversationId: string): PictureMessage | null {
  const message = store.messages.find(imageId);
  return message?.kind === 'image' && message.conversationId === conversationId ? message : null;
}
