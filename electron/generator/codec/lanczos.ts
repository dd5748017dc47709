// Enlarges pixels by a whole factor with the Lanczos filter, which is sharper than the canvas's own filters.

/** Lobes of the filter on each side: https://en.wikipedia.org/wiki/Lanczos_resampling */
const lobes = 3;

type Pixels = {
  width: number;
  height: number;
  /** RGBA, not premultiplied. */
  data: Uint8ClampedArray;
};

/** Returns RGBA of `factor` times the width and the height. Colours are weighted by alpha. */
export function enlarge({ width, height, data }: Pixels, factor: number): Uint8ClampedArray<ArrayBuffer> {
  const wide = width * factor;
  const result = new Uint8ClampedArray(wide * height * factor * 4);
  const phases = Array.from({ length: factor }, (_, phase) => weightsOf((phase + 0.5) / factor - 0.5));
  // Each line of the original is widened once, and used for all lines of the result near it.
  const lines = new Map<number, Float32Array>();
  const lineAt = (y: number) => {
    const inside = Math.min(height - 1, Math.max(0, y));
    const known = lines.get(inside) ?? widen(data, inside, width, factor, phases);
    lines.set(inside, known);
    return known;
  };
  for (let y = 0; y < height; y += 1) {
    for (const gone of [...lines.keys()].filter((line) => line < y - lobes)) lines.delete(gone);
    for (const [phase, { first, weights }] of phases.entries()) {
      const around = weights.map((_, index) => lineAt(y + first + index));
      mixLines(around, weights, result, (y * factor + phase) * wide * 4);
    }
  }
  return result;
}

type Weights = {
  /** The first pixel with a weight, relative to the pixel that contains the new one. */
  first: number;
  weights: readonly number[];
};

/** @param offset from the centre of the original pixel to that of the new one, in pixels. */
function weightsOf(offset: number): Weights {
  const first = Math.floor(offset) - lobes + 1;
  const raw = Array.from({ length: lobes * 2 }, (_, index) => lanczos(first + index - offset));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return { first, weights: raw.map((weight) => weight / sum) };
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= lobes) return 0;
  const angle = Math.PI * x;
  return (lobes * Math.sin(angle) * Math.sin(angle / lobes)) / (angle * angle);
}

/** Returns a line, widened and premultiplied. */
function widen(
  data: Uint8ClampedArray,
  y: number,
  width: number,
  factor: number,
  phases: readonly Weights[],
): Float32Array {
  const line = new Float32Array(width * 4);
  for (let x = 0; x < width; x += 1) {
    const at = (y * width + x) * 4;
    const alpha = data[at + 3] ?? 0;
    for (let channel = 0; channel < 3; channel += 1) {
      line[x * 4 + channel] = ((data[at + channel] ?? 0) * alpha) / 255;
    }
    line[x * 4 + 3] = alpha;
  }
  const wide = new Float32Array(width * factor * 4);
  for (let x = 0; x < width; x += 1) {
    for (const [phase, { first, weights }] of phases.entries()) {
      const to = (x * factor + phase) * 4;
      let [red, green, blue, alpha] = [0, 0, 0, 0];
      for (let index = 0; index < weights.length; index += 1) {
        const from = Math.min(width - 1, Math.max(0, x + first + index)) * 4;
        const weight = weights[index] ?? 0;
        red += (line[from] ?? 0) * weight;
        green += (line[from + 1] ?? 0) * weight;
        blue += (line[from + 2] ?? 0) * weight;
        alpha += (line[from + 3] ?? 0) * weight;
      }
      wide[to] = red;
      wide[to + 1] = green;
      wide[to + 2] = blue;
      wide[to + 3] = alpha;
    }
  }
  return wide;
}

function mixLines(
  lines: readonly Float32Array[],
  weights: readonly number[],
  result: Uint8ClampedArray,
  start: number,
): void {
  const length = lines[0]?.length ?? 0;
  for (let at = 0; at < length; at += 4) {
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    for (let index = 0; index < weights.length; index += 1) {
      const line = lines[index];
      const weight = weights[index] ?? 0;
      red += (line?.[at] ?? 0) * weight;
      green += (line?.[at + 1] ?? 0) * weight;
      blue += (line?.[at + 2] ?? 0) * weight;
      alpha += (line?.[at + 3] ?? 0) * weight;
    }
    const opaque = Math.min(255, Math.max(0, alpha));
    const share = opaque === 0 ? 0 : 255 / opaque;
    // The clamped array rounds, and keeps values within 0 and 255.
    result[start + at] = red * share;
    result[start + at + 1] = green * share;
    result[start + at + 2] = blue * share;
    result[start + at + 3] = opaque;
  }
}
