// The files of masks that the editor writes, read by another program's decoder.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { fillShape, strokeShape } from '../../renderer/features/editor/mask/fill-shape';
import { encodeMask } from '../../renderer/features/editor/mask/gray-png';
import { createMask, type Mask } from '../../renderer/features/editor/mask/mask';
import { createPainter } from '../../renderer/features/editor/mask/painter';
import { readMaskSize } from '../../shared/domain/mask-bytes';

describe('the file of a mask', () => {
  test.each<[string, number, number, (mask: Mask) => void]>([
    ['nothing', 300, 200, () => {}],
    ['everything', 3840, 2160, (mask) => mask.bytes.fill(255)],
    ['one pixel', 1, 1, (mask) => mask.bytes.fill(7)],
    [
      'a stroke',
      1001,
      777,
      (mask) =>
        fillShape(mask, strokeShape({ x: 90, y: 80, radius: 60 }, { x: 900, y: 700, radius: 9 }), 'mark'),
    ],
    [
      'noise of every value',
      257,
      263,
      (mask) =>
        mask.bytes.forEach((_, pixel) => {
          mask.bytes[pixel] = (pixel * pixel * 31) >> 3;
        }),
    ],
    [
      'runs of every length',
      700,
      700,
      (mask) =>
        mask.bytes.fill(0) &&
        Array.from({ length: 690 }, (_, y) => mask.bytes.fill(200, y * 700, y * 700 + y)),
    ],
  ])('that shows %s is what any reader reads', async (_what, width, height, draw) => {
    const mask = createMask(width, height);
    draw(mask);
    const file = encodeMask(mask);
    expect(readMaskSize(file)).toEqual({ width, height });
    const image = await loadImage(Buffer.from(file));
    const pen = createCanvas(width, height).getContext('2d');
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, width, height);
    expect(mask.bytes.every((value, pixel) => data[pixel * 4] === value)).toBe(true);
  });

  test('of a 4K picture with strokes is small', () => {
    const painter = createPainter(3840, 2160);
    for (let stroke = 0; stroke < 30; stroke += 1) {
      painter.beginStroke({ x: stroke * 100, y: 300, radius: 40 }, 'mark', false);
      painter.continueStroke({ x: 3800 - stroke * 90, y: 2000, radius: 90 }, 'mark');
      painter.endStroke();
    }
    expect(encodeMask(painter.mask).length).toBeLessThan(500_000);
  });
});
