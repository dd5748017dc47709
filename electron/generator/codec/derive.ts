// Makes a picture's smaller versions after its outcome is sent: thumbnails, and a display file for the renderer.
import { existsSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  displayOf,
  pictureFile,
  sharpSide,
  type ThumbnailSide,
  thumbnailOf,
  thumbnailSides,
} from '../../../shared/domain/picture-files';
import type { DeriveOptions, Replacement } from '../../../shared/generator/codec-messages';
import type { Remade } from '../../../shared/generator/tasks';
import { writeAtomically } from '../../files/write-atomically';
import { readRecipe, writeRecipe } from '../recipes/recipe-files';
import { createByteBudget } from './byte-budget';
import { encodeDisplay, encodeThumbnail, release, withPicture } from './decode';
import { faultPoint } from './fault-point';
import { inspect, mayDecode, validateImage } from './inspect';
import { type DecodedFile, type KeptPictures, noKeptPictures } from './kept-pictures';
import { fitsLossyWebp } from './webp-limits';

/** A display file larger than this share of its original does not save enough space. */
const maxDisplayShare = 0.5;

/** Pixels that are decoded at once for small versions, in bytes: sixteen pictures of four megapixels, twice each. */
const within = createByteBudget(512 * 1024 * 1024);
/** The decoded picture and the canvas of its display file. */
const bytesPerPixel = 8;

/** A picture's own file, relative to the data folder, and what is in it. */
type Original = DecodedFile & { file: string };

/**
 * Writes the thumbnails, and for a PNG a WebP display file if that is at most half as large. The gallery's thumbnail comes
 * first. The largest one is written last, and where the display file is to replace the original, after that: so after a
 * crash the presence of all thumbnails means that nothing is left to do. Does nothing in that case. A failed write is only
 * logged, because all of them can be made again at any time.
 *
 * @param file relative to the data folder.
 * @param quality of the display file, 0 to 100.
 * @param options `kept` may have the picture, decoded, from when it was measured.
 * @returns the display file if it may replace the original without destroying anything; null also if the file cannot be
 *   opened.
 */
export async function derive(
  dataFolder: string,
  file: string,
  quality: number,
  { kept = noKeptPictures, source = file, isToReplace = false }: DeriveOptions & { kept?: KeptPictures } = {},
): Promise<Replacement | null> {
  try {
    const thumbnails = thumbnailSides.map((side) => path.join(dataFolder, thumbnailOf(file, side)));
    if (thumbnails.every((thumbnail) => existsSync(thumbnail))) return null;
    const absolute = path.resolve(dataFolder, source);
    return await withDecoded(absolute, kept, (decoded) =>
      writeVersions(dataFolder, { file, ...decoded }, quality, isToReplace),
    );
  } catch (error) {
    console.error('The smaller versions of a picture could not be written:', error);
    return null;
  }
}

/**
 * Writes the thumbnail that is larger than those that every picture has. Does nothing if it is there. A failed write is only
 * logged, because it can be made again at any time. The parameters are those of `derive`.
 */
export async function sharpen(dataFolder: string, file: string, source = file): Promise<void> {
  try {
    if (existsSync(path.join(dataFolder, thumbnailOf(file, sharpSide)))) return;
    await withDecoded(path.resolve(dataFolder, source), noKeptPictures, async (decoded) => {
      const bytes = await encodeThumbnail(decoded.picture, sharpSide);
      await writeThumbnail(dataFolder, { file, ...decoded }, sharpSide, bytes);
    });
  } catch (error) {
    console.error('The sharper thumbnail of a picture could not be written:', error);
  }
}

/**
 * Makes all versions of a picture anew, because one of those that are there cannot be shown. Nothing that is there is
 * touched unless the picture itself can be opened. The parameters are those of `derive`.
 */
export async function remake(
  dataFolder: string,
  file: string,
  quality: number,
  source = file,
): Promise<Remade> {
  const absolute = path.resolve(dataFolder, source);
  let isOpened = false;
  try {
    const made = await withDecoded(absolute, noKeptPictures, async (decoded) => {
      isOpened = true;
      // These are not made for every picture.
      const others = [displayOf(file), thumbnailOf(file, sharpSide)].filter((name) => name !== file);
      for (const name of others) await rm(path.join(dataFolder, name), { force: true });
      await writeVersions(dataFolder, { file, ...decoded }, quality, false);
      return true;
    });
    return made ? 'made' : 'damaged';
  } catch (error) {
    console.error('The smaller versions of a picture could not be made anew:', error);
    return isOpened ? 'failed' : 'damaged';
  }
}

/** Opens a picture, once there is memory for it. @returns what `use` makes of it; null if it cannot be opened. */
async function withDecoded<Made>(
  absolute: string,
  kept: KeptPictures,
  use: (decoded: DecodedFile) => Promise<Made>,
): Promise<Made | null> {
  const decoded = kept.take(await stat(absolute, { bigint: true }));
  if (decoded) {
    const { picture } = decoded;
    return within(picture.width * picture.height * bytesPerPixel, () =>
      use(decoded).finally(() => release(picture)),
    );
  }
  const bytes = await readFile(absolute);
  const [inspected, inspection] = [mayDecode(bytes), inspect(bytes)];
  if (!inspected.ok || !inspection) return null;
  const { size } = inspected.value;
  const pixels = size ? size.width * size.height : 0;
  return within(pixels * bytesPerPixel, () =>
    withPicture(bytes, (picture) => use({ picture, inspection, bytes: bytes.length })),
  );
}

/** Encodes all of them at once, since the codec encodes in threads of its own. */
async function writeVersions(
  dataFolder: string,
  original: Original,
  quality: number,
  isToReplace: boolean,
): Promise<Replacement | null> {
  const [largest, ...smaller] = thumbnailSides;
  const { picture } = original;
  const smallerOnes = smaller.map(async (side) =>
    writeThumbnail(dataFolder, original, side, await encodeThumbnail(picture, side)),
  );
  const [largestThumbnail, replacement] = await Promise.all([
    encodeThumbnail(picture, largest),
    writeDisplay(dataFolder, original, quality),
    ...smallerOnes,
  ]);
  faultPoint('derive: among the small versions');
  if (replacement && isToReplace) return replacement;
  await writeThumbnail(dataFolder, original, largest, largestThumbnail);
  return replacement;
}

async function writeThumbnail(
  dataFolder: string,
  { file }: Original,
  side: ThumbnailSide,
  bytes: Uint8Array,
): Promise<void> {
  await writeAtomically(path.join(dataFolder, thumbnailOf(file, side)), bytes);
}

/** Returns the display file if it may replace the original, else null. */
async function writeDisplay(
  dataFolder: string,
  { file, inspection, bytes, picture }: Original,
  quality: number,
): Promise<Replacement | null> {
  // The other formats are as small as a WebP would be, or may be animated.
  if (inspection.format !== 'png') return null;
  // A display file would stand still.
  if (inspection.isAnimated) return null;
  if (!fitsLossyWebp(picture)) return null;
  const display = await encodeDisplay(picture, quality);
  if (display.length > bytes * maxDisplayShare) return null;
  await writeAtomically(path.join(dataFolder, displayOf(file)), display);
  return !inspection.isComplete || inspection.hasContentCredentials
    ? null
    : { file: displayOf(file), bytes: display.length };
}

/**
 * Removes an original whose rows show the display file, after its recipe names that file too. Never removes one with a
 * C2PA manifest. After a crash in between, the original is still there and reconciling requests this again.
 *
 * @param display the file that the rows show, relative to the data folder.
 * @returns whether the original was removed.
 */
export async function releaseOriginal(dataFolder: string, id: string, display: string): Promise<boolean> {
  try {
    const file = pictureFile(id, 'png');
    const recipe = await readRecipe(dataFolder, id);
    if (!recipe || display !== displayOf(file) || ![file, display].includes(recipe.file)) return false;
    const original = path.join(dataFolder, file);
    if (!existsSync(original)) return false;
    const bytes = await readFile(original);
    const validated = validateImage(bytes);
    if (!validated.ok || validated.value.hasContentCredentials) return false;
    const { size } = await stat(path.join(dataFolder, display));
    await writeRecipe(dataFolder, { ...recipe, file: display, bytes: size });
    await rm(original, { force: true });
    return true;
  } catch (error) {
    console.error('An original could not be released:', error);
    return false;
  }
}
