// Measures how much smaller display files are than their originals, how similar they look, and the speed of thumbnails.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCanvas, Image } from '@napi-rs/canvas';
import { decode, encodeDisplay } from '../../electron/generator/codec/decode';
import { paintPicture } from '../../electron/generator/painter/paint';
import { formatOf } from '../../shared/domain/picture-bytes/format-of';
import { pictureFile, thumbnailOf, thumbnailSides } from '../../shared/domain/picture-files';
import { imageUrl } from '../../shared/domain/pictures';
import { launch } from '../harness/launch';
import { samplePicture } from '../servers/sample-picture';
import { lumaOf, similarity } from './similarity';

export type DisplayFigures = {
  name: string;
  width: number;
  height: number;
  originalBytes: number;
  displayBytes: number;
  ssim: number;
};

const quality = 90;
const prompts = [
  'a red fox at dawn',
  'a lighthouse in a storm',
  'a city at night in the rain, neon',
  'mountains over a quiet lake, watercolour',
  'an abstract mosaic of gold and blue',
  'a cabin in a snowy forest under the northern lights',
];

/**
 * Compares the display file with a PNG of the same pixels, for painted pictures, for a noisy picture like a
 * service's, and for each picture in a folder.
 *
 * @param folder a folder of photographs or textures, or null.
 */
async function measureDisplayFiles(folder: string | null): Promise<DisplayFigures[]> {
  const figures: DisplayFigures[] = [];
  for (const [index, prompt] of prompts.entries()) {
    const canvas = paintPicture({ prompt, seed: index + 1, width: 1024, height: 1024 });
    figures.push(await compare(`painted: ${prompt}`, await canvas.encode('png')));
  }
  figures.push(
    await compare('gradient under noise, as the loopback provider sends it', await samplePicture('1:1')),
  );
  for (const name of folder === null ? [] : (await readdir(folder)).toSorted()) {
    const bytes = await readFile(path.join(folder ?? '', name)).catch(() => null);
    if (bytes && formatOf(bytes)) figures.push(await compare(name, await asPng(bytes)));
  }
  return figures;
}

async function compare(name: string, png: Uint8Array): Promise<DisplayFigures> {
  const picture = await decode(png);
  const display = await encodeDisplay(picture, quality);
  const ssim = similarity(await lumaOf(png), await lumaOf(display));
  const { width, height } = picture;
  return { name, width, height, originalBytes: png.length, displayBytes: display.length, ssim };
}

/** @returns the PNG that a service would send for the same pixels. */
async function asPng(bytes: Uint8Array): Promise<Uint8Array> {
  if (formatOf(bytes) === 'png') return bytes;
  const image = new Image();
  image.src = Buffer.from(bytes);
  await image.decode();
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.encode('png');
}

export type ServingFigures = { requests: number; inParallel: number; bytes: number; perSecond: number };

/** Loads thumbnails of 40 kB in the page as the gallery does, each from its own URL. */
async function measureServing(requests = 2_000, inParallel = 32): Promise<ServingFigures> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  const options = { dataFolder, env: { AFTERIMAGE_PROVIDER: 'painter' } };
  let running = await launch(options);
  try {
    await running.page.getByRole('textbox', { name: 'Message' }).fill('paint a fox');
    await running.page.keyboard.press('Enter');
    await running.page.locator('[data-testid="picture"][data-visible="full"]').waitFor();
    const id = await running.page.locator('article[data-kind="image"]').getAttribute('data-message-id');
    if (id === null) throw new Error('The picture has no id.');
    // The app would overwrite the thumbnails while it is running.
    await running.quit();
    const bytes = await createThumbnail();
    for (const side of thumbnailSides) {
      await writeFile(path.join(dataFolder, thumbnailOf(pictureFile(id, 'webp'), side)), bytes);
    }
    running = await launch(options);
    const load = { address: imageUrl(id, '512'), requests, inParallel };
    const seconds = await running.page.evaluate(loadAll, load);
    return { requests, inParallel, bytes: bytes.length, perSecond: requests / seconds };
  } finally {
    await running.kill();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
}

type Load = { address: string; requests: number; inParallel: number };

/** Runs in the page, whose policy allows loading pictures only. @returns seconds. */
async function loadAll({ address, requests, inParallel }: Load): Promise<number> {
  let next = 0;
  const load = (number: number) =>
    new Promise<void>((resolve, reject) => {
      const image = document.createElement('img');
      image.onload = () => resolve();
      image.onerror = () => reject(new Error('A thumbnail did not load.'));
      // The query makes each URL unique, so that no cache answers.
      image.src = `${address}?${number}`;
    });
  const worker = async () => {
    while (next < requests) {
      next += 1;
      await load(next);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: inParallel }, worker));
  return (performance.now() - started) / 1000;
}

/** @returns a WebP padded to 40 kB. Decoders ignore the padding. */
async function createThumbnail(): Promise<Buffer> {
  const canvas = paintPicture({ prompt: 'a city at night', seed: 7, width: 512, height: 341 });
  const bytes = await canvas.encode('webp', 90);
  return Buffer.concat([bytes, Buffer.alloc(Math.max(0, 40_000 - bytes.length))]);
}

/** Measures and prints both figures. @param folder see `measureDisplayFiles`. */
export async function measurePictures(folder: string | null) {
  const displays = await measureDisplayFiles(folder);
  const serving = await measureServing();
  printPictures(displays, serving);
  return { displays, serving };
}

function printPictures(displays: readonly DisplayFigures[], serving: ServingFigures): void {
  console.log(`\nDisplay file (WebP, quality ${quality}) against a PNG of the same pixels\n`);
  console.table(
    Object.fromEntries(
      displays.map(({ name, width, height, originalBytes, displayBytes, ssim }) => [
        name,
        {
          size: `${width} x ${height}`,
          'PNG kB': Math.round(originalBytes / 1000),
          'WebP kB': Math.round(displayBytes / 1000),
          smaller: `${(100 * (1 - displayBytes / originalBytes)).toFixed(1)} %`,
          SSIM: ssim.toFixed(4),
        },
      ]),
    ),
  );
  const { requests, inParallel, bytes, perSecond } = serving;
  console.log(
    `Thumbnails of ${Math.round(bytes / 1000)} kB, ${requests} of them, ${inParallel} in parallel: ${perSecond.toFixed(0)} per second\n`,
  );
}
