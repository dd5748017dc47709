// Stores a linked picture, whose file stays in place: writes only its derived files and its recipe.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { SkipReason } from '../../../shared/domain/import';
import { arrivedFile, pictureFile } from '../../../shared/domain/picture-files';
import type { PictureLink } from '../../../shared/domain/recipe';
import type { ImportIntent, ImportPlace } from '../../../shared/generator/importer-messages';
import { writeWithoutFlush } from '../../files/write-atomically';
import { localCodec } from '../codec/local-codec';
import { notStored } from '../pipeline/not-stored';
import { type FoundRecipe, findRecipe } from '../recipes/read-recipe';
import { writeRecipe } from '../recipes/recipe-files';
import { discardImport } from './discard-import';
import { factsOf, originOf, type StoredFacts } from './imported-facts';
import { readPictureFile } from './read-file';

type LinkedIntent = ImportIntent & { link: PictureLink };

/**
 * Derives files from a temporary copy of the bytes in the data folder, because the user's file may change
 * meanwhile. Writes the recipe, which refers to the user's file, last.
 *
 * @param found the recipe in these bytes.
 */
export async function storeLinked(
  { dataFolder, displayQuality }: ImportPlace,
  intent: LinkedIntent,
  bytes: Uint8Array,
  found: Pick<FoundRecipe, 'recipe' | 'raw'>,
): Promise<StoredFacts | SkipReason> {
  const { id, link } = intent;
  const { origin, params } = originOf(intent, found);
  const source = arrivedFile(id);
  const temporary = path.join(dataFolder, source);
  try {
    await writeWithoutFlush(temporary, bytes);
    const measured = await localCodec.measure(temporary);
    if (!measured.ok) {
      await discardImport(dataFolder, id);
      return 'unreadable';
    }
    const { format, ...appearance } = measured.value;
    const image = { file: pictureFile(id, format), ...appearance };
    await localCodec.derive(dataFolder, image.file, displayQuality, { source });
    await writeRecipe(dataFolder, { version: 1, ...origin, ...image, link });
    await rm(temporary, { force: true });
    return factsOf({ ...origin, ...image }, params);
  } catch (error) {
    notStored(error);
    await discardImport(dataFolder, id);
    return 'not-stored';
  }
}

/**
 * Finishes a link that a crash interrupted, from the user's file. Removes its files if the user's file is no longer a
 * picture.
 */
export async function recoverLinked(
  place: ImportPlace,
  intent: LinkedIntent,
): Promise<StoredFacts | 'not-stored' | null> {
  await discardImport(place.dataFolder, intent.id);
  const picture = await readPictureFile(intent.link.path);
  if (typeof picture === 'string' || 'reason' in picture) return null;
  if (picture.modifiedAt !== intent.link.modifiedAt) return null;
  const { bytes, format } = picture;
  const stored = await storeLinked(place, intent, bytes, findRecipe(bytes, format));
  return typeof stored === 'string' && stored !== 'not-stored' ? null : stored;
}
