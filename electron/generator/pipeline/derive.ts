// Makes a picture's smaller versions after its outcome is sent: thumbnails, and a display file for the renderer.
import { existsSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Image } from '@napi-rs/canvas';
import {
  displayOf,
  type PictureFormat,
  pictureFile,
  type ThumbnailSide,
  thumbnailOf,
  thumbnailSides,
} from '../../../shared/domain/picture-files';
import { writeAtomically } from '../../files/write-atomically';
import { decode, encodeDisplay, encodeThumbnail } from './codec';
import { faultPoint } from './fault-point';
import { inspect, validateImage } from './inspect';
import { readRecipe, writeRecipe } from './recipe-files';

/** A display file larger than this share of its original does not save enough space. */
const maxDisplayShare = 0.5;

/** A picture's own file (relative to the data folder), its bytes and the decoded picture. */
export type Original = { file: string; format: PictureFormat; bytes: Uint8Array; picture: Image };

/** A display file (relative to the data folder) that may replace its original. */
export type Replacement = { file: string; bytes: number };

/**
 * Writes the thumbnails, and for a PNG a WebP display file if that is at most half as large. The smallest thumbnail is
 * written last, so after a crash its presence means that all others exist. A failed write is only logged, because all
 * of them can be made again at any time.
 *
 * @param quality of the display file, 0 to 100.
 * @returns the display file if it may replace the original without destroying anything, else null.
 */
export async function derive(
  dataFolder: string,
  original: Original,
  quality: number,
): Promise<Replacement | null> {
  const [first, ...smaller] = thumbnailSides;
  try {
    await writeThumbnail(dataFolder, original, first);
    faultPoint('derive: among the small versions');
    const replacement = await writeDisplay(dataFolder, original, quality);
    for (const side of smaller) await writeThumbnail(dataFolder, original, side);
    return replacement;
  } catch (error) {
    console.error('A smaller version of a picture could not be written:', error);
    return null;
  }
}

async function writeThumbnail(
  dataFolder: string,
  { file, picture }: Original,
  side: ThumbnailSide,
): Promise<void> {
  const bytes = await encodeThumbnail(picture, side);
  await writeAtomically(path.join(dataFolder, thumbnailOf(file, side)), bytes);
}

/** Returns the display file if it may replace the original, else null. */
async function writeDisplay(
  dataFolder: string,
  { file, format, bytes, picture }: Original,
  quality: number,
): Promise<Replacement | null> {
  // The other formats are as small as a WebP would be, or may be animated.
  if (format !== 'png') return null;
  const display = await encodeDisplay(picture, quality);
  if (display.length > bytes.length * maxDisplayShare) return null;
  await writeAtomically(path.join(dataFolder, displayOf(file)), display);
  return inspect(bytes)?.hasContentCredentials ? null : { file: displayOf(file), bytes: display.length };
}

/**
 * Derives again from the file on disk if a thumbnail is missing.
 *
 * @param quality of the display file, 0 to 100.
 * @returns as `derive`; null also when no thumbnail is missing, or the file cannot be opened.
 */
export async function deriveAgain(
  dataFolder: string,
  file: string,
  quality: number,
): Promise<Replacement | null> {
  try {
    const thumbnails = thumbnailSides.map((side) => path.join(dataFolder, thumbnailOf(file, side)));
    if (thumbnails.every((thumbnail) => existsSync(thumbnail))) return null;
    const bytes = await readFile(path.join(dataFolder, file));
    const validated = validateImage(bytes);
    if (!validated.ok) return null;
    const picture = await decode(bytes);
    const { format } = validated.value;
    return await derive(dataFolder, { file, format, bytes, picture }, quality);
  } catch (error) {
    console.error('A picture could not be opened again:', error);
    return null;
  }
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
