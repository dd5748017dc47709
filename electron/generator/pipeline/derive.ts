// What is made from a picture's file when nobody waits: its thumbnails, and a smaller file for the screen.
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

/** A display file larger than this part of its original is not worth its place on the disk. */
const worthwhile = 0.5;

/** A picture's own file (relative to the data folder), its bytes and what they show. */
export type Original = { file: string; format: PictureFormat; bytes: Uint8Array; picture: Image };

/** A display file (relative to the data folder) that could take its original's place. */
export type Replacement = { file: string; bytes: number };

/**
 * Writes the thumbnails, and for a PNG a WebP for the screen where that is at most half as large. The smallest comes
 * last: where it is, nothing else is wanting, whatever died when. What cannot be written is told to the log and left:
 * all of it can be made again at any time.
 *
 * @param quality of the display file, 0 to 100.
 * @returns the display file, where nothing would be destroyed if it took the original's place; else null.
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
    console.error('Something smaller of a picture could not be kept:', error);
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

/** @returns the display file, where it may take the original's place; else null. */
async function writeDisplay(
  dataFolder: string,
  { file, format, bytes, picture }: Original,
  quality: number,
): Promise<Replacement | null> {
  // The other formats are as small as a WebP would be, or move.
  if (format !== 'png') return null;
  const display = await encodeDisplay(picture, quality);
  if (display.length > bytes.length * worthwhile) return null;
  await writeAtomically(path.join(dataFolder, displayOf(file)), display);
  return inspect(bytes)?.hasContentCredentials ? null : { file: displayOf(file), bytes: display.length };
}

/**
 * As `derive`, from the file on disk, where a thumbnail is missing.
 *
 * @param quality of the display file, 0 to 100.
 * @returns null also where none is, or where there is no file that can be opened.
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
 * The rows show the display file now: the recipe is made to do so too, then the original goes. An original with a
 * C2PA manifest stays, whoever asks. Killed in between, the original is still there, and reconciling asks again.
 *
 * @param display the file that the rows show, relative to the data folder.
 * @returns whether the original is gone.
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
