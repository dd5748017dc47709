// Handles dropped or chosen files: pictures go to the gallery or to the message, and a recipe goes to the composer.

import type { Offer } from '../../../shared/contract/import';
import type { Result } from '../../../shared/domain/errors';
import { seedSchema } from '../../../shared/domain/models';
import { nearestAspectRatio } from '../../../shared/domain/nearest-aspect-ratio';
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import { offer } from '../../ipc';
import { attachFiles } from '../../state/composer/attach-pictures';
import { useDraft } from '../../state/composer/draft-store';
import { showView, useView } from '../../state/navigation';
import { toast } from '../../ui/toasts';
import { useImport } from './import-store';

/**
 * Attaches files that are dropped on the chat. A single picture that carries its recipe fills the composer instead, and
 * can be attached as well.
 */
export async function bringToChat(files: readonly File[]): Promise<void> {
  const reply = files.length === 1 ? await offer(files) : null;
  if (reply?.ok && reply.value.recipe) takeOffer(reply, () => void attachFiles(files));
  else await attachFiles(files);
}

/** On the chat, a single picture with a recipe fills the composer. Everything else is imported. */
export async function bringIn(files: readonly File[]): Promise<void> {
  takeOffer(await offer(files));
}

/**
 * Handles an offer, which may also come from the main process.
 *
 * @param attach attaches the offered picture to the message.
 */
export function takeOffer(reply: Result<Offer>, attach?: () => void): void {
  if (!reply.ok) {
    toast(reply.message, { tone: 'problem' });
    return;
  }
  const { id, recipe, size } = reply.value;
  const start = () => void useImport.getState().start(id);
  if (!recipe) start();
  else if (useView.getState().view === 'gallery') {
    start();
    const run = () => takeRecipe(recipe, size);
    toast('The picture contains its recipe', { action: { label: 'Use in composer', run } });
  } else {
    takeRecipe(recipe, size);
    const action = { label: 'Add picture to gallery', run: start };
    toast(takenText(recipe), { action, ...(attach && { second: { label: 'Attach picture', run: attach } }) });
  }
}

/** Other tools allow larger seeds than the services here. */
function fittingSeed({ seed }: ReadRecipe): number | null {
  return seedSchema.safeParse(seed).data ?? null;
}

function takenText(recipe: ReadRecipe): string {
  if (recipe.isShortened)
    return 'The recipe has more than 32,000 characters. Its beginning is in the composer';
  const isSeedLost = recipe.seed !== undefined && fittingSeed(recipe) === null;
  return isSeedLost
    ? 'The recipe is in the composer, without its seed, which is larger than any that the services here take'
    : 'The recipe is in the composer';
}

function takeRecipe(recipe: ReadRecipe, size: Offer['size']): void {
  const { text } = useDraft.getState();
  const aspectRatio = recipe.aspectRatio ?? (size && nearestAspectRatio(size));
  const seed = fittingSeed(recipe);
  useDraft.getState().restoreRecipe({ prompt: recipe.prompt, aspectRatio, seed });
  showView('chat');
  if (text.trim() !== '' && text !== recipe.prompt) {
    const run = () => useDraft.getState().setText(text);
    toast('The recipe replaced your text', { action: { label: 'Restore my text', run } });
  }
}
