// Puts a picture or its recipe into the composer, and sends the draft.

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

/** A recipe of one picture, or that of a request as it was typed, with its styles. */
type AskedRecipe = Omit<RestorableRecipe, 'styles'> & { styles?: UsedStyle[] | undefined };

/** Restores a recipe in the composer, ready to be sent unchanged or changed. */
export function askAgain({ negativePrompt, styles, ...recipe }: AskedRecipe): void {
  const { prompt, isPattern = false } = recipe;
  // A prompt with braces was made as it is.
  reuseRecipe({
    ...recipe,
    prompt: isPattern ? prompt : escapePattern(prompt, useSettings.getState().settings.wordLists),
    ...(styles && { styles: keptStyles(styles) }),
    // That of a request as it was typed is in its styles.
    ...(!isPattern && { negativePrompt }),
  });
  showView('chat');
}

/** Attaches a picture to the draft, to be edited or looked at. */
export function attachReference(imageId: string): void {
  attachReferences([imageId]);
}

/**
 * Returns whether the draft is a prompt for certain, for a model that changes pictures, without any. Of a text that may be
 * a question, only the main process knows.
 */
export function needsAttachedPicture(): boolean {
  const { conversationId, mode, references } = useDraft.getState();
  if (references.length > 0 || isAdding(conversationId)) return false;
  const isPrompt = mode === 'picture' || chosenProvider().textModel === null;
  return isPrompt && modelThatNeedsPicture(chosenModels()) !== null;
}

/**
 * Sends the draft. The composer is empty at once, so that the user can write on; if sending fails, the text is back.
 * Pictures that are still being added, and the shape of one that was just added, are waited for.
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
    // After a file that was no picture, or in another conversation, the user decides again.
    const isWanted = useAdding.getState().sendsAfter.includes(conversationId);
    setSendsAfter(conversationId, false);
    if (!isWanted || useDraft.getState().conversationId !== conversationId) return false;
  }
  return sendNow(conversationId);
}

function sendNow(conversationId: string): Promise<boolean> {
  const wasNew = useChat.getState().isNewChat;
  return draftSaverOf(conversationId).whileSending(async (): Promise<boolean> => {
    // Read here, because the user may have chosen another model while pictures were being added.
    const chosen = chosenFields();
    const models = chosenModels();
    const styles = chosenStyles();
    const draft = useDraft.getState().take();
    const { text, seed, references } = draft;
    const asked = askedFields(draft, models);
    const aspectRatio = shapeToSend(draft, models);
    const takesSeed = models.some(({ serviceId }) => serviceOf(serviceId).takesSeed);
    // The others are left out, as the composer says. A model that takes none refuses them.
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
    // What was sent before keeps its id, and the changed text becomes a message of its own.
    const questionId = problem.code === 'sent_otherwise' ? newId() : draft.questionId;
    useDraft
      .getState()
      .putBack({ ...draft, questionId }, wasNew ? reachable(conversationId) : conversationId);
    toast(problem.message, { tone: 'problem' });
    return false;
  });
}

/** A new chat that could not be begun, and that the user has left, is in no list: its draft moves to the new chat. */
function reachable(conversationId: string): string {
  const { conversations, currentId, newChatId } = useChat.getState();
  const isListed = conversations.some(({ id }) => id === conversationId);
  return isListed || conversationId === currentId ? conversationId : newChatId;
}
