// Reads the pixels of a picture, for tests.
import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';

/** Returns the upright pixels of a file, or those of a canvas. `at` returns red, green, blue and alpha of one pixel. */
export async function pixels(bytes: Uint8Array | Canvas) {
  const image = bytes instanceof Uint8Array ? await loadImage(Buffer.from(bytes)) : bytes;
  const { width, height } = image;
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
  return { width, height, data, at };
}
