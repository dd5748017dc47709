// Attaches pictures, restores recipes in the composer, and sends the draft.

import { v7 as newId } from 'uuid';
import { maxReferencesOf } from '../../../shared/domain/part-support';
import { escapePattern } from '../../../shared/domain/prompt-patterns';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { UsedStyle } from '../../../shared/domain/styles';
import { toast } from '../../ui/toasts';
import { useChat } from '../chat/chat-store';
import { showView } from '../navigation';
import { useSettings } from '../settings/settings-store';
import { isAdding, useAdding, whenAdded } from './adding-store';
import { askedFields } from './asked-fields';
import { attachReferences } from './attach-pictures';
import { chosenModels } from './chosen-models';
import { chosenFields, chosenProvider } from './chosen-provider';
import { chosenStyles, keptStyles, stylesField } from './chosen-styles';
import { isShapeUnknown, readShape, shapeToSend } from './draft-shape';
import { type RestorableRecipe, useDraft } from './draft-store';
import { draftSaverOf } from './keep-draft';
import { modelThatNeedsPicture } from './reference-limit';
import { reuseRecipe } from './reuse-prompt';

/** The recipe of one picture, or of a request as it was typed, with its styles. */
type AskedRecipe = Omit<RestorableRecipe, 'styles'> & { styles?: UsedStyle[] | undefined };

/** Restores a recipe in the composer, where the user can change and send it. */
export function askAgain({ negativePrompt, styles, ...recipe }: AskedRecipe): void {
  const { prompt, isPattern = false } = recipe;
  // Braces in a picture's own prompt are literal.
  reuseRecipe({
    ...recipe,
    prompt: isPattern ? prompt : escapePattern(prompt, useSettings.getState().settings.wordLists),
    ...(styles && { styles: keptStyles(styles) }),
    // The negative prompt of a request as it was typed comes from its styles.
    ...(!isPattern && { negativePrompt }),
  });
  showView('chat');
}

/** Attaches a picture to the draft, as a source or as a reference. */
export function attachReference(imageId: string): void {
  attachReferences([imageId]);
}

/**
 * Returns whether the draft is certainly a prompt for a model that needs an attached picture, and has none. If the text may
 * be a question, only the main process knows.
 */
export function needsAttachedPicture(): boolean {
  const { conversationId, mode, references } = useDraft.getState();
  if (references.length > 0 || isAdding(conversationId)) return false;
  const isPrompt = mode === 'picture' || chosenProvider().textModel === null;
  return isPrompt && modelThatNeedsPicture(chosenModels()) !== null;
}

/**
 * Sends the draft. The composer is emptied at once, so that the user can continue to write. If sending fails, the text is
 * restored. Waits for pictures that are still being added, and for the shape of one that was just added.
 *
 * @returns whether it was sent.
 */
export async function sendDraft(): Promise<boolean> {
  const { conversationId } = useDraft.getState();
  if (isAdding(conversationId) || isShapeUnknown(useDraft.getState())) {
    const { sendsAfter, setSendsAfter } = useAdding.getState();
    if (sendsAfter.includes(conversationId)) return false;
    setSendsAfter(conversationId, true);
    await whenAdded(conversationId);
    await readShape(useDraft.getState());
    // After an invalid file, or in another conversation, the user has to send again.
    const isWanted = useAdding.getState().sendsAfter.includes(conversationId);
    setSendsAfter(conversationId, false);
    if (!isWanted || useDraft.getState().conversationId !== conversationId) return false;
  }
  return sendNow(conversationId);
}

function sendNow(conversationId: string): Promise<boolean> {
  const wasNew = useChat.getState().isNewChat;
  return draftSaverOf(conversationId).whileSending(async (): Promise<boolean> => {
    // Reads the choices now, because the user may have chosen another model while pictures were being added.
    const chosen = chosenFields();
    const models = chosenModels();
    const styles = chosenStyles();
    const draft = useDraft.getState().take();
    const { text, seed, references } = draft;
    const asked = askedFields(draft, models);
    const aspectRatio = shapeToSend(draft, models);
    const takesSeed = models.some(({ serviceId }) => serviceOf(serviceId).takesSeed);
    // Leaves out the pictures beyond the limit, as the composer shows. A model that takes none refuses the message.
    const limit = Math.min(...models.map(({ serviceId, model }) => maxReferencesOf(serviceId, model)));
    const taken = references.slice(0, limit || references.length);
    const problem = await useChat.getState().send({
      ...{ questionId: draft.questionId, text, aspectRatio, isDraft: true },
      ...chosen,
      ...asked,
      ...stylesField(styles),
      ...(takesSeed && seed !== null && { seed }),
      ...(taken.length > 0 && { references: taken }),
    });
    if (!problem) return true;
    // The message that was already sent keeps its id, and the changed text becomes a new message.
    const questionId = problem.code === 'sent_otherwise' ? newId() : draft.questionId;
    useDraft
      .getState()
      .putBack({ ...draft, questionId }, wasNew ? conversationForDraft(conversationId) : conversationId);
    toast(problem.message, { tone: 'problem' });
    return false;
  });
}

/** Returns the conversation for a draft. If a new chat could not be stored and was left, its draft moves to the new chat. */
function conversationForDraft(conversationId: string): string {
  const { conversations, currentId, newChatId } = useChat.getState();
  const isListed = conversations.some(({ id }) => id === conversationId);
  return isListed || conversationId === currentId ? conversationId : newChatId;
}
