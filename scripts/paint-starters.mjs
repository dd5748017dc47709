// Paints the four starter pictures of the empty chat with the app's painter. Run it when the painter changes.
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCanvas } from '@napi-rs/canvas';
import { bundle } from './app/bundle.mjs';

const root = path.resolve(import.meta.dirname, '..');
const starters = [
  { name: 'fox', prompt: 'a red fox at dawn', seed: 7 },
  { name: 'lake', prompt: 'mountains above a lake in winter', seed: 3 },
  { name: 'lighthouse', prompt: 'a lighthouse at sunset', seed: 5 },
  { name: 'night', prompt: 'northern lights over a cabin', seed: 2 },
];
const size = { width: 480, height: 320 };

const { folder, file } = await bundle('electron/generator/painter/paint.ts');
try {
  const { paintPicture } = await import(pathToFileURL(file).href);
  for (const { name, prompt, seed } of starters) {
    const painted = paintPicture({ prompt, seed, width: 1536, height: 1024 });
    const small = createCanvas(size.width, size.height);
    const context = small.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(painted, 0, 0, size.width, size.height);
    await writeFile(
      path.join(root, `renderer/features/chat/starter-pictures/${name}.webp`),
      await small.encode('webp', 86),
    );
    console.log(`Painted ${name}: ${prompt}`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
