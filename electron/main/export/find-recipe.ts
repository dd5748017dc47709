// Finds a picture's recipe: in its message, or in the gallery, which keeps it after the message is deleted.
import { changeHereModel } from '../../../shared/domain/edits';
import type { ExportedRecipe } from '../../../shared/domain/xmp';
import type { ReadStore } from '../db/open';
import { readParams } from '../db/picture-params';

type Rows = {
  messages: Pick<ReadStore['messages'], 'find'>;
  pictureFacts: Pick<ReadStore['pictureFacts'], 'row'>;
};

/** Maximum number of successive local changes to follow back to a model's picture. */
const maxChanges = 100;

/**
 * Returns null for a picture that was not made here, such as an imported one, whose file has its own recipe. A local
 * change of a model's picture gets that model's recipe, because the copy must say that it is AI-generated.
 */
export function findRecipe(rows: Rows, imageId: string): ExportedRecipe | null {
  const recipe = ownRecipe(rows, imageId);
  let original = recipe;
  for (let step = 0; step < maxChanges && original?.model === changeHereModel; step += 1) {
    original = ownRecipe(rows, original.params.references?.[0] ?? '');
  }
  return recipe && original ? { ...recipe, provider: original.provider, model: original.model } : recipe;
}

function ownRecipe({ messages, pictureFacts }: Rows, imageId: string): ExportedRecipe | null {
  const message = messages.find(imageId);
  if (message?.kind === 'image') {
    const { prompt, provider, model, params, createdAt } = message;
    return { prompt, provider, model, params, createdAt };
  }
  const row = pictureFacts.row(imageId);
  const params = readParams(row?.params ?? null);
  if (!row || !params) return null;
  const { prompt, provider, model, created_at: createdAt } = row;
  return { prompt, provider, model, params, createdAt };
}
