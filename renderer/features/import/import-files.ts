// Handles dropped or chosen files: imports or attaches pictures, and fills the composer with a recipe.

import type { Offer } from '../../../shared/contract/import';
import type { Result } from '../../../shared/domain/errors';
import { maxNegativePromptLength } from '../../../shared/domain/models';
import { nearestAspectRatio } from '../../../shared/domain/nearest-aspect-ratio';
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import { t } from '../../../shared/languages/translate';
import { offer, request } from '../../ipc';
import { attachFiles } from '../../state/composer/attach-pictures';
import { fittingNegative, fittingSeed } from '../../state/composer/foreign-recipe';
import { reuseRecipe } from '../../state/composer/reuse-prompt';
import { showView, useView } from '../../state/navigation';
import { toast } from '../../ui/toasts';
import { useImport } from './import-store';

/**
 * Attaches files that are dropped on the chat. A single picture that carries its recipe fills the composer instead, and
 * can be attached as well.
 */
export async function attachToChat(files: readonly File[]): Promise<void> {
  const reply = files.length === 1 ? await offer(files) : null;
  if (reply?.ok && reply.value.recipe) handleOffer(reply, () => void attachFiles(files));
  else await attachFiles(files);
}

/** On the chat, a single picture with a recipe fills the composer. Everything else is imported. */
export async function importFiles(files: readonly File[]): Promise<void> {
  handleOffer(await offer(files));
}

/** Lets the user choose pictures or folders in the system's dialog. What was chosen is offered by the main process. */
export async function chooseToImport(what: 'pictures' | 'folder'): Promise<void> {
  const reply = await request(`desktop:choose-${what}`, {});
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}

/**
 * Handles an offer, which may also come from the main process.
 *
 * @param attach attaches the offered picture to the message.
 */
export function handleOffer(reply: Result<Offer>, attach?: () => void): void {
  if (!reply.ok) {
    toast(reply.message, { tone: 'problem' });
    return;
  }
  const { id, recipe, size, folder } = reply.value;
  if (folder !== null) {
    useImport.getState().ask({ offerId: id, folder });
    return;
  }
  const start = () => void useImport.getState().start(id);
  if (!recipe) start();
  else if (useView.getState().view === 'gallery') {
    start();
    const run = () => takeRecipe(recipe, size);
    toast(t('import.has_recipe'), { action: { label: t('import.use_in_composer'), run } });
  } else {
    takeRecipe(recipe, size);
    const action = { label: t('import.add_to_gallery'), run: start };
    toast(takenText(recipe), {
      action,
      ...(attach && { second: { label: t('import.attach'), run: attach } }),
    });
  }
}

function takenText({ isShortened, seed, negativePrompt }: ReadRecipe): string {
  if (isShortened) return t('import.recipe_cut');
  if (negativePrompt && fittingNegative(negativePrompt) === undefined)
    return t('import.recipe_without_negative_prompt', { max: maxNegativePromptLength });
  const isSeedLost = seed !== undefined && fittingSeed(seed) === null;
  return isSeedLost ? t('import.recipe_without_seed') : t('import.recipe_taken');
}

function takeRecipe({ prompt, seed, negativePrompt, ...recipe }: ReadRecipe, size: Offer['size']): void {
  const aspectRatio = recipe.aspectRatio ?? (size && nearestAspectRatio(size));
  showView('chat');
  reuseRecipe({
    ...{ prompt, aspectRatio, seed: fittingSeed(seed) },
    negativePrompt: fittingNegative(negativePrompt),
  });
}
