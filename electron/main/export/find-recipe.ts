// What a copy of a picture tells of how it was made: as its message has it, or the gallery, which outlives that.
import type { ExportedRecipe } from '../../../shared/domain/xmp';
import type { ReadStore } from '../db/open';
import { readParams } from '../db/picture-params';

type Rows = {
  messages: Pick<ReadStore['messages'], 'find'>;
  pictureFacts: Pick<ReadStore['pictureFacts'], 'row'>;
};

/** @returns null where nothing was made here, such as a picture that was brought in: its file has its own. */
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
