// Finds how a picture was made: in its message, or in the gallery, which keeps it after the message was deleted.
import type { ExportedRecipe } from '../../../shared/domain/xmp';
import type { ReadStore } from '../db/open';
import { readParams } from '../db/picture-params';

type Rows = {
  messages: Pick<ReadStore['messages'], 'find'>;
  pictureFacts: Pick<ReadStore['pictureFacts'], 'row'>;
};

/** Returns null for a picture that was not made here, such as an imported one, whose file has its own recipe. */
export function findRecipe({ messages, pictureFacts }: Rows, imageId: string): ExportedRecipe | null {
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
