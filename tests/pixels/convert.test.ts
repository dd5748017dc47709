// Pictures of formats that Chromium does not show, damaged in any way. Each format has a test of its own beside this.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { convert } from '../../electron/generator/codec/convert/convert';
import type { ForeignFormat } from '../../shared/domain/picture-files';
import { buildBmp, buildTiff } from './build-foreign';
import { raster } from './corpus';
import { fixture } from './expect-shown';
import { jxlEncoder } from './jxl-encoder';

test('none of them throws, wherever it is cut or damaged', async () => {
  const canvas = createCanvas(4, 4);
  expect((await loadImage(canvas.encodeSync('png'))).width).toBe(4);
  const small = { ...raster(), width: 8, height: 6 };
  const files: [ForeignFormat, Buffer][] = [
    ['bmp', buildBmp(small)],
    ['tiff', buildTiff(small, 'rgb')],
    ['heic', fixture('quarters.heic')],
    ['jxl', (await jxlEncoder())(8, 6)],
  ];
  for (const [format, bytes] of files) {
    for (let step = 0; step < 60; step += 1) {
      const at = Math.floor((step * bytes.length) / 60);
      const damaged = Buffer.from(bytes);
      damaged[at] = 255 - (damaged[at] ?? 0);
      for (const input of [bytes.subarray(0, at), damaged]) {
        const converted = await convert(input, format);
        expect(typeof converted === 'string' || converted.bytes.length > 0).toBe(true);
      }
    }
  }
});
