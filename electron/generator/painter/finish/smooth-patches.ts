// The Kuwahara filter: smooths a picture into soft patches and keeps firm edges between them.
import { type Canvas, createCanvas } from '@napi-rs/canvas';

/**
 * Returns a scaled copy in which each pixel takes the mean of its neighbouring square of least variance.
 * @param reach the size of the squares in pixels of the copy
 * @param levels rounds the lightness to this many steps, if given
 */
export function smoothPatches(picture: Canvas, scale: number, reach: number, levels?: number): Canvas {
  const columns = Math.round(picture.width * scale);
  const rows = Math.round(picture.height * scale);
  const copy = createCanvas(columns, rows);
  const context = copy.getContext('2d');
  context.drawImage(picture, 0, 0, columns, rows);
  const image = context.getImageData(0, 0, columns, rows);
  const source = image.data;
  const sums = createSums(source, columns, rows);
  const stride = (columns + 1) * 5;
  const side = reach + 1;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let leastVariance = Number.POSITIVE_INFINITY;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let corner = 0; corner < 4; corner += 1) {
        const left = Math.max(0, corner % 2 === 0 ? column - reach : column);
        const top = Math.max(0, corner < 2 ? row - reach : row);
        const right = Math.min(columns, left + side);
        const bottom = Math.min(rows, top + side);
        const area = (right - left) * (bottom - top);
        const a = top * stride + left * 5;
        const b = top * stride + right * 5;
        const c = bottom * stride + left * 5;
        const d = bottom * stride + right * 5;
        const total = (channel: number): number =>
          (sums[d + channel] ?? 0) -
          (sums[b + channel] ?? 0) -
          (sums[c + channel] ?? 0) +
          (sums[a + channel] ?? 0);
        const mean = total(3) / area;
        const variance = total(4) / area - mean * mean;
        if (variance >= leastVariance) continue;
        leastVariance = variance;
        red = total(0) / area;
        green = total(1) / area;
        blue = total(2) / area;
      }
      const offset = (row * columns + column) * 4;
      // Rounding only the lightness keeps the hues.
      const value = red * 0.3 + green * 0.59 + blue * 0.11;
      const gain = levels ? (Math.round((value / 255) * levels) / levels) * (255 / Math.max(1, value)) : 1;
      source[offset] = red * gain;
      source[offset + 1] = green * gain;
      source[offset + 2] = blue * gain;
    }
  }
  context.putImageData(image, 0, 0);
  return copy;
}

// Builds summed-area tables of red, green, blue, lightness and its square: the sum of any square takes four reads.
function createSums(source: Uint8ClampedArray, columns: number, rows: number): Float64Array {
  const sums = new Float64Array((columns + 1) * (rows + 1) * 5);
  const stride = (columns + 1) * 5;
  for (let row = 0; row < rows; row += 1) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let light = 0;
    let square = 0;
    for (let column = 0; column < columns; column += 1) {
      const offset = (row * columns + column) * 4;
      const r = source[offset] ?? 0;
      const g = source[offset + 1] ?? 0;
      const b = source[offset + 2] ?? 0;
      const value = r * 0.3 + g * 0.59 + b * 0.11;
      red += r;
      green += g;
      blue += b;
      light += value;
      square += value * value;
      const above = row * stride + (column + 1) * 5;
      const here = above + stride;
      sums[here] = (sums[above] ?? 0) + red;
      sums[here + 1] = (sums[above + 1] ?? 0) + green;
      sums[here + 2] = (sums[above + 2] ?? 0) + blue;
      sums[here + 3] = (sums[above + 3] ?? 0) + light;
      sums[here + 4] = (sums[above + 4] ?? 0) + square;
    }
  }
  return sums;
}
