// Paints the picture files of a seeded folder. Many pictures share a file through hard links.
import { copyFileSync, linkSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { decode, encodeThumbnail, thumbhashOf } from '../../electron/generator/codec/decode';
import {
  type PictureFormat,
  pictureFile,
  thumbnailOf,
  thumbnailSides,
} from '../../shared/domain/picture-files';
import { between, createRandom, type Random } from '../harness/random';
import { drawSize, type PictureSize } from './picture-sizes';

export type PaintedFile = PictureSize & {
  format: PictureFormat;
  bytes: number;
  /** Base64. */
  thumbhash: string;
  /** Links this file and its thumbnails for a picture. @returns the picture's file, relative to the data folder. */
  linkTo: (id: string) => string;
};

/** NTFS, the strictest file system, allows 1,023 hard links per file. */
const maxLinks = 1_000;
const concurrency = 6;

/**
 * @param folder receives the painted files; it can be removed once all pictures are linked.
 * @param onProgress receives the number of painted files.
 */
export async function paintFiles(
  { dataFolder, folder, count, seed }: { dataFolder: string; folder: string; count: number; seed: number },
  onProgress: (done: number) => void,
): Promise<PaintedFile[]> {
  await mkdir(folder, { recursive: true });
  const painted: PaintedFile[] = [];
  let next = 0;
  let done = 0;
  const worker = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      painted[index] = await paintFile(dataFolder, folder, index, createRandom(seed * 1_000_003 + index));
      done += 1;
      onProgress(done);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return painted;
}

async function paintFile(
  dataFolder: string,
  folder: string,
  index: number,
  random: Random,
): Promise<PaintedFile> {
  const size = drawSize(random);
  const format = formatFor(random());
  const bytes = await encode(draw(size, random), format);
  // Thumbnails are made from the stored bytes, as in the generator.
  const picture = await decode(bytes);
  const base = path.join(folder, String(index));
  const parts = [{ ending: `.${format}`, bytes }];
  for (const side of thumbnailSides) {
    parts.push({ ending: `.${side}.webp`, bytes: await encodeThumbnail(picture, side) });
  }
  for (const part of parts) await writeFile(base + part.ending, part.bytes);

  let links = 0;
  return {
    ...size,
    format,
    bytes: bytes.length,
    thumbhash: Buffer.from(await thumbhashOf(picture)).toString('base64'),
    linkTo(id) {
      const file = pictureFile(id, format);
      const names = [file, ...thumbnailSides.map((side) => thumbnailOf(file, side))];
      const original = Math.floor(links / maxLinks);
      for (const [part, name] of names.entries()) {
        const ending = parts[part]?.ending ?? '';
        const source = original === 0 ? base + ending : `${base}-${original}${ending}`;
        if (original > 0 && links % maxLinks === 0) copyFileSync(base + ending, source);
        linkSync(source, path.join(dataFolder, name));
      }
      links += 1;
      return file;
    },
  };
}

/** Usually JPEG, because it is the fastest to encode. */
function formatFor(chance: number): PictureFormat {
  if (chance < 0.85) return 'jpg';
  return chance < 0.95 ? 'webp' : 'png';
}

function encode(canvas: Canvas, format: PictureFormat): Promise<Buffer> {
  if (format === 'png') return canvas.encode('png');
  return format === 'webp' ? canvas.encode('webp', 80) : canvas.encode('jpeg', 82);
}

/** Draws a sky, a sun and hills in random colours: fast, and every picture is different. */
function draw({ width, height }: PictureSize, random: Random): Canvas {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const hue = between(random, 0, 359);
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, `hsl(${hue}, ${between(random, 25, 70)}%, ${between(random, 15, 75)}%)`);
  sky.addColorStop(1, `hsl(${hue + between(random, 20, 90)}, 60%, 75%)`);
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  context.fillStyle = `hsl(${hue + 30}, 90%, 88%)`;
  context.beginPath();
  context.arc(
    random() * width,
    random() * height * 0.6,
    Math.min(width, height) * (0.05 + random() * 0.1),
    0,
    7,
  );
  context.fill();
  for (let hill = 0; hill < 4; hill += 1) {
    const base = height * (0.5 + hill * 0.13);
    const [wave, swell, shift] = [2 + random() * 5, height * 0.08 * random(), random() * 7];
    context.fillStyle = `hsl(${hue + 180 + hill * 12}, 35%, ${45 - hill * 10}%)`;
    context.beginPath();
    context.moveTo(0, height);
    for (let step = 0; step <= 40; step += 1) {
      context.lineTo((step / 40) * width, base + swell * Math.sin(shift + (wave * step) / 40));
    }
    context.lineTo(width, height);
    context.fill();
  }
  return canvas;
}
