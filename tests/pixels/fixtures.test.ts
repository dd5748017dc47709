// Pictures of other programs that were once shown wrongly: what the tile and the row say of them.
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, onTestFinished, test } from 'vitest';
import { localCodec } from '../../electron/generator/codec/local-codec';
import { pictureId } from '../../electron/generator/pipeline/test-pictures';
import { temporaryFolder } from '../../electron/main/test-support/temporary-folder';
import { displayOf, pictureFile, thumbnailOf } from '../../shared/domain/picture-files';
import { maxDifference } from './expected';

type Colour = readonly [number, number, number];
const [red, green, blue, black]: Colour[] = [
  [254, 0, 0],
  [0, 128, 1],
  [0, 0, 254],
  [0, 0, 0],
];
const grey: Colour = [128, 128, 128];

/** The size and the quarters, in reading order, as Chromium shows them. */
test.each([
  ['orientation/o6.webp', 'webp', 400, 600, [green, black, red, blue]],
  ['orientation/o6.png', 'png', 600, 400, [red, green, blue, black]],
  ['orientation/irot1.avif', 'avif', 400, 600, [green, black, red, blue]],
  ['colour/SwappedRedAndGreen.avif', 'avif', 600, 400, [[30, 201, 30], [180, 29, 40], [60, 40, 199], grey]],
  ['colour/p3-cicp.png', 'png', 600, 400, [[218, 0, 6], [0, 183, 0], [34, 61, 208], grey]],
  ['animation/animated.png', 'png', 120, 80, [red, red, red, red]],
] as const)(
  '%s is stored and shown in the tile as Chromium shows it',
  async (name, format, width, height, quarters) => {
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    const file = pictureFile(pictureId, format);
    const whole = path.join(folder, file);
    mkdirSync(path.dirname(whole), { recursive: true });
    copyFileSync(path.resolve(import.meta.dirname, '../fixtures', name), whole);
    expect(await localCodec.measure(whole)).toMatchObject({ ok: true, value: { width, height } });
    await localCodec.derive(folder, file, 90);
    const tile = await loadImage(readFileSync(path.join(folder, thumbnailOf(file, 256))));
    expect(tile.width / tile.height).toBeCloseTo(width / height, 1);
    const canvas = createCanvas(tile.width, tile.height);
    const pen = canvas.getContext('2d');
    pen.drawImage(tile, 0, 0);
    quarters.forEach((colour, quarter) => {
      const [x, y] = [(quarter % 2) * 0.8 + 0.1, (quarter >> 1) * 0.8 + 0.1];
      const { data } = pen.getImageData(Math.floor(x * tile.width), Math.floor(y * tile.height), 1, 1);
      for (const channel of [0, 1, 2]) {
        const difference = Math.abs((data[channel] ?? -99) - (colour?.[channel] ?? 999));
        expect(difference, `quarter ${quarter}: ${data}`).toBeLessThanOrEqual(maxDifference);
      }
    });
    // The renderer shows a display file instead of the PNG, and an animation would stand still.
    if (name.startsWith('animation')) expect(existsSync(path.join(folder, displayOf(file)))).toBe(false);
  },
);
