// The picture files of a seeded folder: painted once, then shared by many pictures through hard links.
import { copyFileSync, linkSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { decode, encodeThumbnail, thumbhashOf } from '../../electron/generator/pipeline/codec';
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
  /** Gives a picture this file and its thumbnails. @returns its file, relative to the data folder. */
  linkTo: (id: string) => string;
};

/** The strictest file system, NTFS, allows 1,023 links of a file. */
const maxLinks = 1_000;
const atOnce = 6;

/**
 * @param folder for the painted files; it may be removed once all pictures are linked.
 * @param onProgress is told how many there are.
 */
export async function paintFiles(
  { dataFolder, folder, count, seed }: { dataFolder: string; folder: string; count: number; seed: number },
  onProgress: (done: number) => void,
): Promise<PaintedFile[]> {
  await mkdir(folder, { recursive: true });
  const painted: PaintedFile[] = [];
  let next = 0;
  let done = 0;
  const lane = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      painted[index] = await paintFile(dataFolder, folder, index, createRandom(seed * 1_000_003 + index));
      done += 1;
      onProgress(done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
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
  // As the generator does it: from the bytes that are kept.
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
    thumbhash: Buffer.from(thumbhashOf(picture)).toString('base64'),
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

/** Mostly the one that is quickest to write. */
function formatFor(chance: number): PictureFormat {
  if (chance < 0.85) return 'jpg';
  return chance < 0.95 ? 'webp' : 'png';
}

function encode(canvas: Canvas, format: PictureFormat): Promise<Buffer> {
  if (format === 'png') return canvas.encode('png');
  return format === 'webp' ? canvas.encode('webp', 80) : canvas.encode('jpeg', 82);
}

/** A sky, a sun and hills in colours of their own: quick, and no two alike. */
function draw({ width, height }: PictureSize, random: Random): Canvas {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  const hue = between(random, 0, 359);
  const sky = pen.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, `hsl(${hue}, ${between(random, 25, 70)}%, ${between(random, 15, 75)}%)`);
  sky.addColorStop(1, `hsl(${hue + between(random, 20, 90)}, 60%, 75%)`);
  pen.fillStyle = sky;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = `hsl(${hue + 30}, 90%, 88%)`;
  pen.beginPath();
  pen.arc(random() * width, random() * height * 0.6, Math.min(width, height) * (0.05 + random() * 0.1), 0, 7);
  pen.fill();
  for (let hill = 0; hill < 4; hill += 1) {
    const base = height * (0.5 + hill * 0.13);
    const [wave, swell, shift] = [2 + random() * 5, height * 0.08 * random(), random() * 7];
    pen.fillStyle = `hsl(${hue + 180 + hill * 12}, 35%, ${45 - hill * 10}%)`;
    pen.beginPath();
    pen.moveTo(0, height);
    for (let step = 0; step <= 40; step += 1) {
      pen.lineTo((step / 40) * width, base + swell * Math.sin(shift + (wave * step) / 40));
    }
    pen.lineTo(width, height);
    pen.fill();
  }
  return canvas;
}
