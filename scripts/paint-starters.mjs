// Paints the starter pictures of the empty chat and the thumbnails of the starter styles with the app's painter.
// Run it when the painter changes.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCanvas } from '@napi-rs/canvas';
import { bundle } from './app/bundle.mjs';
import { imitateStyle } from './app/imitate-style.mjs';

const root = path.resolve(import.meta.dirname, '..');
const starters = [
  { name: 'fox', prompt: 'a red fox at dawn', seed: 7 },
  { name: 'lake', prompt: 'mountains above a lake in winter', seed: 3 },
  { name: 'lighthouse', prompt: 'a lighthouse at sunset', seed: 5 },
  { name: 'night', prompt: 'northern lights over a cabin', seed: 2 },
];
const size = { width: 480, height: 320 };

/** The starter styles. `imitation` names a style that the painter does not support itself. */
const styles = [
  { name: 'photograph', prompt: 'a lighthouse at sunset', seed: 5 },
  { name: 'film_still', prompt: 'a lighthouse at sunset, vintage', seed: 5, imitation: 'film' },
  { name: 'product_shot', prompt: 'a hot air balloon, minimal', seed: 4, imitation: 'studio' },
  { name: 'watercolour', prompt: 'a lighthouse at sunset, watercolour', seed: 5 },
  { name: 'pencil_sketch', prompt: 'a lighthouse at sunset', seed: 5, imitation: 'pencil' },
  { name: 'line_drawing', prompt: 'a lighthouse at sunset', seed: 5, imitation: 'lines' },
  { name: 'childrens_book', prompt: 'a fox in a flower field, pastel', seed: 9 },
  { name: 'isometric', prompt: 'a lighthouse at noon, pastel', seed: 5, imitation: 'cube' },
  { name: 'low_poly', prompt: 'a lighthouse at sunset, low poly', seed: 5 },
  { name: 'pixel_art', prompt: 'a lighthouse at sunset', seed: 5, imitation: 'pixels' },
  { name: 'blueprint', prompt: 'a lighthouse at sunset', seed: 5, imitation: 'blueprint' },
  { name: 'stained_glass', prompt: 'a lighthouse at sunset', seed: 5, imitation: 'glass' },
];
/** Twice the displayed size, in pixels. */
const styleSide = 128;

const { folder, file } = await bundle('electron/generator/painter/paint.ts');
try {
  const { paintPicture } = await import(pathToFileURL(file).href);
  for (const { name, prompt, seed } of starters) {
    const painted = paintPicture({ prompt, seed, width: 1536, height: 1024 });
    const small = scaled(painted, size.width, size.height);
    await write(`renderer/features/chat/starter-pictures/${name}.webp`, small);
    console.log(`Painted ${name}: ${prompt}`);
  }
  for (const { name, prompt, seed, imitation } of styles) {
    const painted = paintPicture({ prompt, seed, width: 1024, height: 1024 });
    const shown = imitation ? imitateStyle(imitation, scaled(painted, 256, 256)) : painted;
    await write(`renderer/picture/styles/starter-pictures/${name}.webp`, scaled(shown, styleSide, styleSide));
    console.log(`Painted ${name}: ${prompt}`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

function scaled(picture, width, height) {
  const small = createCanvas(width, height);
  const context = small.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return small;
}

async function write(target, picture) {
  const absolute = path.join(root, target);
  await mkdir(path.dirname(absolute), { recursive: true });
  await writeFile(absolute, await picture.encode('webp', 86));
}
