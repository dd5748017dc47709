// What becomes of files that a user drops or chooses: a recipe goes to the composer, pictures to the gallery.

import type { Offer } from '../../../shared/contract/import';
import type { Result } from '../../../shared/domain/errors';
import { pictureParamsSchema } from '../../../shared/domain/models';
import { nearestAspectRatio, type ReadRecipe } from '../../../shared/domain/read-recipe';
import { offer } from '../../ipc';
import { useDraft } from '../../state/composer/draft-store';
import { showView, useView } from '../../state/navigation';
import { toast } from '../../ui/toasts';
import { useImport } from './import-store';

/** In the chat one picture with a recipe is taken as a wish to make it again; anything else is brought in. */
export async function bringIn(files: readonly File[]): Promise<void> {
  takeOffer(await offer(files));
}

/** What becomes of an offer, also of one that did not come by way of the page. */
export function takeOffer(reply: Result<Offer>): void {
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
    toast('The picture carries its recipe', { action: { label: 'Put it into the composer', run } });
  } else {
    takeRecipe(recipe, size);
    const action = { label: 'Add the picture to the gallery', run: start };
    toast('The recipe is in the composer', { action });
  }
}

function takeRecipe(recipe: ReadRecipe, size: Offer['size']): void {
  const { text } = useDraft.getState();
  const aspectRatio = recipe.aspectRatio ?? (size && nearestAspectRatio(size));
  // Other tools' seeds can be larger than any that a provider takes here.
  const seed = pictureParamsSchema.shape.seed.safeParse(recipe.seed).data ?? null;
  useDraft.getState().restoreRecipe({ prompt: recipe.prompt, aspectRatio, seed });
  showView('chat');
  if (text.trim() !== '' && text !== recipe.prompt) {
    const run = () => useDraft.getState().setText(text);
    toast('It took the place of what you were writing', { action: { label: 'Bring my text back', run } });
  }
}
