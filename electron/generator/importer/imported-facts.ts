// The facts of an imported picture for its row and its recipe.
import {
  type ImportedParams,
  importedParamsSchema,
  importedProvider,
} from '../../../shared/domain/read-recipe';
import type { Recipe } from '../../../shared/domain/recipe';
import type { ImportIntent, StoredImport } from '../../../shared/generator/importer-messages';
import type { Origin } from '../pipeline/store-image';
import type { FoundRecipe } from '../recipes/read-recipe';

export type StoredFacts = Omit<StoredImport, 'key' | 'type'>;

/** The model of a picture whose file names none, so that search finds such pictures. */
const noModel = 'imported';

/** Returns the facts of a stored picture that are sent to the main process for its row. */
export function factsOf(
  known: Pick<Recipe, 'file' | 'width' | 'height' | 'bytes' | 'thumbhash' | 'prompt' | 'model'>,
  params: ImportedParams,
): StoredFacts {
  const { file, width, height, bytes, thumbhash, prompt, model } = known;
  return { file, width, height, bytes, thumbhash, prompt, model, params };
}

/** Builds the origin of an imported picture. Without a prompt, the file's name takes its place. */
export function originOf(
  { id, name, createdAt }: ImportIntent,
  { recipe, raw }: Pick<FoundRecipe, 'recipe' | 'raw'>,
) {
  const nothing: ImportedParams = { source: 'none', ...(raw !== undefined && { raw }) };
  const params: ImportedParams = recipe ? importedParamsSchema.parse(recipe) : nothing;
  const origin: Origin = {
    id,
    prompt: recipe?.prompt || name,
    provider: importedProvider,
    model: params.model ?? noModel,
    params,
    costMicroUsd: 0,
    durationMs: 0,
    createdAt,
  };
  return { origin, params };
}
