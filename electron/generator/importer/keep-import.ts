// Keeps a picture that a user brought in, in the order in which a provider's is kept: see store-image.ts.
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { SkipReason } from '../../../shared/domain/import';
import {
  allFormats,
  arrivedFile,
  type PictureFormat,
  pictureFile,
} from '../../../shared/domain/picture-files';
import {
  type ImportedParams,
  importedParamsSchema,
  importedProvider,
} from '../../../shared/domain/read-recipe';
import type { Recipe } from '../../../shared/domain/recipe';
import type { ImportIntent, ImportPlace, KeptImport } from '../../../shared/generator/importer-messages';
import { validateImage } from '../pipeline/inspect';
import { readRecipe as readRecipeFile } from '../pipeline/recipe-files';
import { finishStoring, type Origin, type Stored, storeImage } from '../pipeline/store-image';
import { readRecipe } from '../recipes/read-recipe';

export type Kept = Omit<KeptImport, 'key' | 'type'>;

/** A picture that tells of no model has this in its place, so that it can be found by it. */
const noModel = 'imported';

/** Keeps the bytes as they are, then makes the small versions. */
export async function keepImport(
  place: ImportPlace,
  intent: ImportIntent,
  bytes: Uint8Array,
  format: PictureFormat,
): Promise<Kept | SkipReason> {
  const { origin, params } = originOf(intent, bytes, format);
  const stored = await storeImage(place.dataFolder, origin, bytes);
  if (!stored.ok) return stored.code === 'picture_not_stored' ? 'not-stored' : 'unreadable';
  return kept(place, origin, params, stored.value);
}

/**
 * Takes up a picture from whatever a death has left of it: named, arrived, or nothing. What is no whole picture is
 * removed; the file that it was to be a copy of is the user's and still where it was.
 */
export async function adoptImport(
  place: ImportPlace,
  intent: ImportIntent,
): Promise<Kept | 'not-stored' | null> {
  const { dataFolder } = place;
  const { id } = intent;
  const complete = await completeImport(dataFolder, id);
  if (complete) return complete;
  for (const source of [arrivedFile(id), ...allFormats.map((format) => pictureFile(id, format))]) {
    const bytes = await readFile(path.join(dataFolder, source)).catch(() => null);
    const validated = bytes && validateImage(bytes);
    if (!bytes || !validated?.ok) continue;
    const { format } = validated.value;
    const { origin, params } = originOf(intent, bytes, format);
    const stored = await finishStoring(dataFolder, origin, bytes, format, source);
    if (stored.ok) return kept(place, origin, params, stored.value);
    if (stored.code !== 'unreadable_picture') return 'not-stored';
  }
  await discardImport(dataFolder, id);
  return null;
}

/** Removes every file of a picture that has no row. */
export async function discardImport(dataFolder: string, id: string): Promise<void> {
  const folder = path.dirname(path.join(dataFolder, arrivedFile(id)));
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((name) => name.startsWith(`${id}.`))) {
    await rm(path.join(folder, name), { force: true });
  }
}

async function completeImport(dataFolder: string, id: string): Promise<Kept | null> {
  const recipe = await readRecipeFile(dataFolder, id);
  if (!recipe || !allFormats.some((format) => pictureFile(id, format) === recipe.file)) return null;
  const there = await stat(path.join(dataFolder, recipe.file)).catch(() => null);
  if (there?.size !== recipe.bytes) return null;
  const params = importedParamsSchema.safeParse(recipe.params);
  return factsOf(recipe, params.data ?? { source: 'none' });
}

async function kept(
  { displayQuality }: ImportPlace,
  origin: Origin,
  params: ImportedParams,
  { image, afterwards }: Stored,
): Promise<Kept> {
  // The original stays as it came: the answer, that a smaller file could take its place, is not passed on.
  await afterwards(displayQuality);
  return factsOf({ ...origin, ...image }, params);
}

function factsOf(
  known: Pick<Recipe, 'file' | 'width' | 'height' | 'bytes' | 'thumbhash' | 'prompt' | 'model'>,
  params: ImportedParams,
): Kept {
  const { file, width, height, bytes, thumbhash, prompt, model } = known;
  return { file, width, height, bytes, thumbhash, prompt, model, params };
}

function originOf({ id, name, createdAt }: ImportIntent, bytes: Uint8Array, format: PictureFormat) {
  const recipe = readRecipe(bytes, format);
  const { prompt, model, createdAt: _, ...told } = recipe ?? { prompt: name, source: 'none' as const };
  const params: ImportedParams = told;
  const origin: Origin = {
    id,
    prompt,
    provider: importedProvider,
    model: model ?? noModel,
    params,
    costMicroUsd: 0,
    durationMs: 0,
    createdAt,
  };
  return { origin, params };
}
