// Reads the four quarters of a picture that the codec has written.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Pixel } from './build-png';
import type { Expected } from './expected';

export async function readQuarters(bytes: Uint8Array): Promise<Expected> {
  const image = await loadImage(Buffer.from(bytes));
  const { width, height } = image;
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const quarters = [
    [1, 1],
    [3, 1],
    [1, 3],
    [3, 3],
  ].map(([x = 0, y = 0]): Pixel => {
    const { data } = pen.getImageData((x * width) >> 2, (y * height) >> 2, 1, 1);
    return [data[0] ?? 0, data[1] ?? 0, data[2] ?? 0, data[3] ?? 0];
  });
  return { width, height, quarters };
}
