// Performs the codec's tasks: everything that decodes or draws pictures.
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { thumbnailOf, type WrittenFormat } from '../../../shared/domain/picture-files';
import type { CodecTask, MeasuredPicture, PaintRequest } from '../../../shared/generator/codec-messages';
import { writeWithoutFlush } from '../../files/write-atomically';
import { paintPicture } from '../painter/paint';
import { changeHere } from './change-here';
import {
  decode,
  encodeDisplay,
  encodeJpeg,
  encodePng,
  encodeThumbnail,
  type Picture,
  pixelsWithin,
  release,
  thumbhashOf,
  withPicture,
} from './decode';
import { derive, releaseOriginal, remake, sharpen } from './derive';
import { codecFaultPoint } from './fault-point';
import { fingerprintOf } from './fingerprint';
import { inspect, mayDecode, validateImage } from './inspect';
import { keepRest } from './keep-rest';
import { type KeptPictures, noKeptPictures } from './kept-pictures';
import { locateFile } from './locate-file';
import { prepareEdit } from './prepare-edit';

/** Longest side of a live preview, in pixels. */
const previewSide = 512;
/** WebP quality of a painted picture, 0 to 100. */
const paintQuality = 92;

/**
 * Performs a task in this process. Expected failures are values; it rejects only for a bug.
 *
 * @param kept decoded pictures of earlier tasks; if absent, each task decodes for itself.
 */
export async function performCodecTask(
  task: CodecTask,
  kept: KeptPictures = noKeptPictures,
): Promise<unknown> {
  switch (task.kind) {
    case 'measure':
      return measure(task.file, kept);
    case 'derive': {
      const { kind: _, dataFolder, file, quality, ...options } = task;
      return derive(dataFolder, file, quality, { ...options, kept });
    }
    case 'sharpen':
      return sharpen(task.dataFolder, task.file, task.source);
    case 'remake':
      return remake(task.dataFolder, task.file, task.quality, task.source);
    case 'release-original':
      return releaseOriginal(task.dataFolder, task.imageId, task.file);
    case 'locate': {
      const { kind: _, dataFolder, ...wanted } = task;
      return locateFile(dataFolder, wanted);
    }
    case 'write-png':
      return convert(task.file, task.target, 'png', 0);
    case 'convert':
      return convert(task.file, task.target, task.format, task.quality);
    case 'fingerprint':
      return readFingerprint(task.dataFolder, task.file);
    case 'preview':
      return writePreview(task.file, task.bytes);
    case 'prepare-edit':
      return prepareEdit(task);
    case 'keep-rest':
      return keepRest(task);
    case 'change-here':
      return changeHere(task);
    case 'paint':
      return paint(task);
  }
}

/** Opens any picture that the codec can decode, even a truncated one: see shared/domain/picture-bytes/inspect.ts. */
async function measure(file: string, kept: KeptPictures): Promise<Result<MeasuredPicture>> {
  const read = await readWithStats(file).catch(() => null);
  if (!read) return failure('unreadable_picture');
  const { bytes, stats } = read;
  const inspected = mayDecode(bytes);
  if (!inspected.ok) return inspected;
  codecFaultPoint('codec: before decoding');
  const picture = await decode(bytes).catch(() => null);
  if (!picture) return failure('unreadable_picture');
  const thumbhash = Buffer.from(await thumbhashOf(picture)).toString('base64');
  const { width, height } = picture;
  const inspection = inspect(bytes);
  if (inspection) kept.keep(stats, { picture, inspection, bytes: bytes.length });
  else release(picture);
  return success({ format: inspected.value.format, width, height, bytes: bytes.length, thumbhash });
}

async function readWithStats(file: string) {
  const handle = await open(file, 'r');
  try {
    return { stats: await handle.stat({ bigint: true }), bytes: await handle.readFile() };
  } finally {
    await handle.close();
  }
}

/** Returns false for a file that is missing or not a picture. Does not flush the result, which is temporary. */
async function convert(
  file: string,
  target: string,
  format: WrittenFormat,
  quality: number,
): Promise<boolean> {
  try {
    const bytes = await readFile(file);
    if (!mayDecode(bytes).ok) return false;
    const encoded = await withPicture(bytes, (picture) => encodeAs(format, picture, quality));
    await writeWithoutFlush(target, encoded);
    return true;
  } catch (error) {
    console.error('A picture could not be written in another format:', error);
    return false;
  }
}

function encodeAs(format: WrittenFormat, picture: Picture, quality: number): Promise<Buffer> {
  if (format === 'png') return encodePng(picture);
  return format === 'jpg' ? encodeJpeg(picture, quality) : encodeDisplay(picture, quality);
}

/**
 * Reads the thumbnail, or the picture itself if the thumbnail is missing or damaged. Returns null if neither can be
 * opened.
 */
async function readFingerprint(dataFolder: string, file: string): Promise<Uint8Array | null> {
  for (const candidate of [thumbnailOf(file, 256), file]) {
    const bytes = await readFile(path.join(dataFolder, candidate)).catch(() => null);
    if (!bytes || !mayDecode(bytes).ok) continue;
    try {
      return fingerprintOf(await withPicture(bytes, (picture) => pixelsWithin(picture, 256)));
    } catch (error) {
      console.error('A picture could not be compared with others:', error);
    }
  }
  return null;
}

/** Returns false for bytes that are not a complete picture. */
async function writePreview(file: string, bytes: Uint8Array): Promise<boolean> {
  try {
    if (!validateImage(bytes).ok) return false;
    const encoded = await withPicture(bytes, (picture) => encodeThumbnail(picture, previewSide));
    await writeWithoutFlush(file, encoded);
    return true;
  } catch (error) {
    // Nothing is lost, because the picture does not depend on its previews.
    console.error('A preview could not be written:', error);
    return false;
  }
}

/** Paints a picture, and returns it as a WebP. */
async function paint({ prompt, seed, width, height }: PaintRequest): Promise<Uint8Array> {
  return paintPicture({ prompt, seed, width, height }).encode('webp', paintQuality);
}
