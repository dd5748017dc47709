// What becomes of files that a person drops or chooses: a recipe goes to the composer, pictures to the gallery.
import type { Result } from '../../shared/errors';
import type { Offer } from '../../shared/imports';
import { pictureParamsSchema } from '../../shared/models';
import { nearestAspectRatio } from '../../shared/read-recipe';
import { restoreRecipe, useDraft } from '../chat/draft';
import { offer } from '../ipc';
import { show } from '../navigation';
import { toast } from '../ui/toasts';
import { useImport } from './import-store';

/** One picture with a recipe is taken as a wish to make it again; anything else is brought in. */
export async function bringIn(files: readonly File[]): Promise<void> {
  takeOffer(await offer(files));
}

/** What becomes of an offer, also of one that did not come by way of the page. */
export function takeOffer(reply: Result<Offer>): void {
  if (!reply.ok) {
    toast(reply.message, { tone: 'problem' });
    return;
  }
  const start = () => void useImport.getState().start(reply.value.id);
  const action = { label: 'Add the picture to the gallery', run: start };
  if (takeRecipe(reply.value)) toast('The recipe is in the composer', { action });
  else start();
}

function takeRecipe({ recipe, size }: Offer): boolean {
  if (!recipe) return false;
  const { text } = useDraft.getState();
  const aspectRatio = recipe.aspectRatio ?? (size && nearestAspectRatio(size));
  // Other tools' seeds can be larger than any that a provider takes here.
  const seed = pictureParamsSchema.shape.seed.safeParse(recipe.seed).data ?? null;
  restoreRecipe({ prompt: recipe.prompt, aspectRatio, seed });
  show('chat');
  if (text.trim() !== '' && text !== recipe.prompt) {
    const run = () => useDraft.getState().setText(text);
    toast('It took the place of what you were writing', { action: { label: 'Bring my text back', run } });
  }
  return true;
}
