// Computes the similarity of two pictures (SSIM), and the luma on which it is based.
import { createCanvas, Image } from '@napi-rs/canvas';

export type Luma = { width: number; height: number; values: Float64Array };

const window = 8;
/** The distance between windows in pixels. */
const stride = 4;
// The paper's constants for 8 bits: (0.01 * 255)^2 and (0.03 * 255)^2.
const c1 = 6.5025;
const c2 = 58.5225;

/**
 * Computes the mean structural similarity over windows of 8 by 8 equally weighted pixels:
 * Wang, Bovik, Sheikh, Simoncelli 2004, https://www.cns.nyu.edu/~lcv/ssim/
 *
 * @returns 1 for identical pictures; from about 0.95 the difference is hard to see.
 * @throws Error if the sizes differ or are smaller than a window.
 */
export function similarity(one: Luma, other: Luma): number {
  const { width, height } = one;
  if (width !== other.width || height !== other.height) throw new Error('The pictures differ in size.');
  if (width < window || height < window) throw new Error('The pictures are too small.');
  let sum = 0;
  let count = 0;
  for (let top = 0; top + window <= height; top += stride) {
    for (let left = 0; left + window <= width; left += stride) {
      sum += windowSimilarity(one, other, left, top);
      count += 1;
    }
  }
  return sum / count;
}

function windowSimilarity(one: Luma, other: Luma, left: number, top: number): number {
  const pixels = window * window;
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let y = top; y < top + window; y += 1) {
    for (let x = left; x < left + window; x += 1) {
      const a = one.values[y * one.width + x] ?? 0;
      const b = other.values[y * one.width + x] ?? 0;
      sumA += a;
      sumB += b;
      squaresA += a * a;
      squaresB += b * b;
      products += a * b;
    }
  }
  const meanA = sumA / pixels;
  const meanB = sumB / pixels;
  const varianceA = (squaresA - sumA * meanA) / (pixels - 1);
  const varianceB = (squaresB - sumB * meanB) / (pixels - 1);
  const covariance = (products - sumA * meanB) / (pixels - 1);
  return (
    ((2 * meanA * meanB + c1) * (2 * covariance + c2)) /
    ((meanA ** 2 + meanB ** 2 + c1) * (varianceA + varianceB + c2))
  );
}

/** @returns the luma of each pixel on a white background, 0 to 255 (ITU-R BT.601). */
export async function lumaOf(bytes: Uint8Array): Promise<Luma> {
  const image = new Image();
  image.src = Buffer.from(bytes);
  await image.decode();
  const { width, height } = image;
  const pen = createCanvas(width, height).getContext('2d');
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  const values = new Float64Array(width * height);
  for (let index = 0; index < values.length; index += 1) {
    const [red = 0, green = 0, blue = 0] = data.subarray(index * 4, index * 4 + 3);
    values[index] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return { width, height, values };
}
