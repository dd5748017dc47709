// Stores an imported picture, in the same order as a provider's (pipeline/store-image.ts).
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ErrorCode } from '../../../shared/domain/errors';
import type { SkipReason } from '../../../shared/domain/import';
import {
  allFormats,
  arrivedFile,
  type ForeignFormat,
  foreignFormats,
  originalFile,
  pictureFile,
} from '../../../shared/domain/picture-files';
import { type ImportedParams, importedParamsSchema } from '../../../shared/domain/read-recipe';
import type { ImportIntent, ImportPlace } from '../../../shared/generator/importer-messages';
import { writeAtomically } from '../../files/write-atomically';
import { convert } from '../codec/convert/convert';
import { validateImage } from '../codec/inspect';
import { localCodec } from '../codec/local-codec';
import { finishStoring, type Origin, type Stored, storeCopy } from '../pipeline/store-image';
import { type FoundRecipe, findRecipe } from '../recipes/read-recipe';
import { readRecipe as readRecipeFile } from '../recipes/recipe-files';
import { discardImport } from './discard-import';
import { factsOf, originOf, type StoredFacts } from './imported-facts';
import { recoverLinked } from './store-linked';

/** `onProgress` is called after each part of a long conversion. */
type Place = ImportPlace & { onProgress: () => void };

/**
 * Stores the bytes unchanged, then derives the smaller versions.
 *
 * @param found the recipe in these bytes.
 */
export async function storeImport(
  place: ImportPlace,
  intent: ImportIntent,
  bytes: Uint8Array,
  found: Pick<FoundRecipe, 'recipe' | 'raw'>,
): Promise<StoredFacts | SkipReason> {
  const { origin, params } = originOf(intent, found);
  const stored = await storeCopy({ dataFolder: place.dataFolder, codec: localCodec }, origin, bytes);
  if (!stored.ok) {
    // The user's own file is unchanged, and the written part of the copy would belong to no picture.
    await discardImport(place.dataFolder, intent.id);
    return whyNotStored(stored.code);
  }
  return deriveAndDescribe(place, origin, params, stored.value);
}

/**
 * Keeps the user's file unchanged beside the picture, and stores the converted picture. Writes the original first,
 * so that the next start can convert it again after a crash.
 *
 * @param found the recipe in the original.
 */
export async function storeConverted(
  place: Place,
  intent: ImportIntent,
  { bytes, format }: { bytes: Uint8Array; format: ForeignFormat },
  found: Pick<FoundRecipe, 'recipe' | 'raw'>,
): Promise<StoredFacts | SkipReason> {
  const converted = await convert(bytes, format, place.onProgress);
  if (typeof converted === 'string') return converted;
  try {
    await writeAtomically(path.join(place.dataFolder, originalFile(intent.id, format)), bytes);
  } catch (error) {
    console.error('The original of a picture could not be stored:', error);
    await discardImport(place.dataFolder, intent.id);
    return 'not-stored';
  }
  const stored = await storeImport(place, intent, converted.bytes, found);
  if (typeof stored === 'string' || converted.leftOut.length === 0) return stored;
  return { ...stored, leftOut: converted.leftOut };
}

/** Any other error concerns the disk, so the next file would fail, too. */
function whyNotStored(code: ErrorCode): SkipReason {
  if (code === 'unreadable_picture') return 'unreadable';
  return code === 'picture_too_large' ? 'too-large' : 'not-stored';
}

/** Converts the original that an interrupted import has kept. Returns null if there is none. */
async function recoverConverted(place: Place, intent: ImportIntent) {
  for (const format of foreignFormats) {
    const file = path.join(place.dataFolder, originalFile(intent.id, format));
    const bytes = await readFile(file).catch(() => null);
    if (bytes) return storeConverted(place, intent, { bytes, format }, findRecipe(bytes, format));
  }
  return null;
}

/**
 * Finishes an import that a crash interrupted from the files that it left. Removes files that are not a complete
 * picture, because the user's own file is unchanged.
 */
export async function recoverImport(
  place: Place,
  intent: ImportIntent,
): Promise<StoredFacts | 'not-stored' | null> {
  const { dataFolder } = place;
  const { id, link } = intent;
  if (link) return recoverLinked(place, { ...intent, link });
  const complete = await completeImport(dataFolder, id);
  if (complete) return complete;
  const converted = await recoverConverted(place, intent);
  if (converted && typeof converted === 'object') return converted;
  if (converted === 'not-stored') return converted;
  for (const source of [arrivedFile(id), ...allFormats.map((format) => pictureFile(id, format))]) {
    const bytes = await readFile(path.join(dataFolder, source)).catch(() => null);
    const validated = bytes && validateImage(bytes);
    if (!bytes || !validated?.ok) continue;
    const { format } = validated.value;
    const { origin, params } = originOf(intent, findRecipe(bytes, format));
    const stored = await finishStoring({ dataFolder, codec: localCodec }, origin, source);
    if (stored.ok) return deriveAndDescribe(place, origin, params, stored.value);
    if (whyNotStored(stored.code) === 'not-stored') return 'not-stored';
  }
  await discardImport(dataFolder, id);
  return null;
}

async function completeImport(dataFolder: string, id: string): Promise<StoredFacts | null> {
  const recipe = await readRecipeFile(dataFolder, id);
  if (!recipe || !allFormats.some((format) => pictureFile(id, format) === recipe.file)) return null;
  const there = await stat(path.join(dataFolder, recipe.file)).catch(() => null);
  if (there?.size !== recipe.bytes) return null;
  const params = importedParamsSchema.safeParse(recipe.params);
  return factsOf(recipe, params.data ?? { source: 'none' });
}

async function deriveAndDescribe(
  { displayQuality }: ImportPlace,
  origin: Origin,
  params: ImportedParams,
  { image, deriveFiles }: Stored,
): Promise<StoredFacts> {
  // An imported original is never replaced, so the result is ignored.
  await deriveFiles(displayQuality);
  return factsOf({ ...origin, ...image }, params);
}
