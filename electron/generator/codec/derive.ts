// Derives thumbnails and the display file of a picture after its outcome was sent.
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

/** A display file larger than this share of its original saves too little space. */
const maxDisplayShare = 0.5;

/** Limits the decoded pixels of concurrent tasks, in bytes: sixteen pictures of four megapixels, twice each. */
const within = createByteBudget(512 * 1024 * 1024);
/** Four for the decoded picture and four for the canvas of its display file. */
const bytesPerPixel = 8;

/** A picture's own file, relative to the data folder, with its decoded content. */
type Original = DecodedFile & { file: string };

/**
 * Writes the thumbnails and, for a PNG, a WebP display file if that is at most half as large. The gallery's
 * thumbnail comes first. The largest thumbnail is written last, and only after the replacement if the display file
 * will replace the original. So if all thumbnails exist after a crash, nothing is left to do, and the function does
 * nothing. A failed write is only logged, because derived files can be recreated at any time.
 *
 * @param file relative to the data folder.
 * @param quality of the display file, 0 to 100.
 * @param options `kept` may hold the picture, decoded when it was measured.
 * @returns the display file if it may replace the original without losing anything; null otherwise, and if the file
 *   cannot be opened.
 */
export async function derive(
  dataFolder: string,
  file: string,
  quality: number,
  {
    kept = noKeptPictures,
    source = file,
    mayReplaceOriginal = false,
  }: DeriveOptions & { kept?: KeptPictures } = {},
): Promise<Replacement | null> {
  try {
    const thumbnails = thumbnailSides.map((side) => path.join(dataFolder, thumbnailOf(file, side)));
    if (thumbnails.every((thumbnail) => existsSync(thumbnail))) return null;
    const absolute = path.resolve(dataFolder, source);
    return await withDecoded(absolute, kept, (decoded) =>
      writeVersions(dataFolder, { file, ...decoded }, quality, mayReplaceOriginal),
    );
  } catch (error) {
    console.error('The smaller versions of a picture could not be written:', error);
    return null;
  }
}

/**
 * Writes the sharper thumbnail, which is made on request only. Does nothing if it exists. A failed write is only
 * logged, because the thumbnail can be recreated at any time. The parameters are those of `derive`.
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
 * Recreates all derived files of a picture, because one of them cannot be shown. Changes nothing unless the picture
 * itself can be opened. The parameters are those of `derive`.
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
      // The files that not every picture has.
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

/**
 * Decodes a picture once there is memory for it.
 *
 * @returns the result of `use`; null if the picture cannot be opened.
 */
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

/** Encodes all versions at once, because the codec uses its own threads. */
async function writeVersions(
  dataFolder: string,
  original: Original,
  quality: number,
  mayReplaceOriginal: boolean,
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
  if (replacement && mayReplaceOriginal) return replacement;
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

/** Writes the display file, and returns its name if it may replace the original, otherwise null. */
async function writeDisplay(
  dataFolder: string,
  { file, inspection, bytes, picture }: Original,
  quality: number,
): Promise<Replacement | null> {
  // The other formats are about as small as a WebP, or may be animated.
  if (inspection.format !== 'png') return null;
  // A display file would not be animated.
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
 * Removes an original after the rows show its display file, and after its recipe names that file. Never removes an
 * original with a C2PA manifest. If a crash comes in between, the original still exists, and reconciling requests
 * its release again.
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
