// Performs the tasks of the codec process: everything that opens or draws pictures.
import { readFile } from 'node:fs/promises';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { CodecTask, MeasuredPicture, PaintRequest } from '../../../shared/generator/codec-messages';
import { writeWithoutFlush } from '../../files/write-atomically';
import { paintPicture } from '../painter/paint';
import { decode, encodePng, encodeThumbnail, thumbhashOf } from './decode';
import { derive, releaseOriginal } from './derive';
import { codecFaultPoint } from './fault-point';
import { mayDecode, validateImage } from './inspect';
import { locateFile } from './locate-file';

/** Longest side of a live preview, in pixels. */
const previewSide = 512;
/** WebP quality of a painted picture, 0 to 100. */
const paintQuality = 92;

/** Performs a task in this process. Expected failures are values: it rejects only for a bug. */
export async function performCodecTask(task: CodecTask): Promise<unknown> {
  switch (task.kind) {
    case 'measure':
      return measure(task.file);
    case 'derive':
      return derive(task.dataFolder, task.file, task.quality);
    case 'release-original':
      return releaseOriginal(task.dataFolder, task.imageId, task.file);
    case 'locate': {
      const { kind: _, dataFolder, ...wanted } = task;
      return locateFile(dataFolder, wanted);
    }
    case 'write-png':
      return writePng(task.file, task.target);
    case 'preview':
      return writePreview(task.file, task.bytes);
    case 'paint':
      return paint(task);
  }
}

/** Opens whatever the codec can open, also if its end is missing: see shared/domain/picture-bytes/inspect.ts. */
async function measure(file: string): Promise<Result<MeasuredPicture>> {
  const bytes = await readFile(file).catch(() => null);
  if (!bytes) return failure('unreadable_picture');
  const inspected = mayDecode(bytes);
  if (!inspected.ok) return inspected;
  codecFaultPoint('codec: before decoding');
  const picture = await decode(bytes).catch(() => null);
  if (!picture) return failure('unreadable_picture');
  return success({
    format: inspected.value.format,
    width: picture.width,
    height: picture.height,
    bytes: bytes.length,
    thumbhash: Buffer.from(await thumbhashOf(picture)).toString('base64'),
  });
}

/** Returns false for a file that is missing or no picture. The PNG is temporary, so it is not flushed. */
async function writePng(file: string, target: string): Promise<boolean> {
  try {
    const bytes = await readFile(file);
    if (!mayDecode(bytes).ok) return false;
    await writeWithoutFlush(target, await encodePng(await decode(bytes)));
    return true;
  } catch (error) {
    console.error('A picture could not be written as a PNG:', error);
    return false;
  }
}

/** Returns false for bytes that are no complete picture. */
async function writePreview(file: string, bytes: Uint8Array): Promise<boolean> {
  try {
    if (!validateImage(bytes).ok) return false;
    await writeWithoutFlush(file, await encodeThumbnail(await decode(bytes), previewSide));
    return true;
  } catch (error) {
    // Nothing is lost, because the picture itself does not depend on its previews.
    console.error('A preview could not be written:', error);
    return false;
  }
}

/** Returns a WebP. */
async function paint({ prompt, seed, width, height }: PaintRequest): Promise<Uint8Array> {
  return paintPicture({ prompt, seed, width, height }).encode('webp', paintQuality);
}
