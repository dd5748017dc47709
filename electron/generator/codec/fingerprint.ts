// Computes a picture's fingerprint, by which the gallery finds similar pictures.
import {
  colourSide,
  coloursEnd,
  detailSide,
  fineSide,
  fingerprintBytes,
  frequencies,
  hashEnd,
} from '../../../shared/domain/fingerprints';

/** The picture is averaged to this many cells per side. It is a multiple of the sides of both grids. */
const side = 36;

/** `data`: RGBA of each pixel, 0 to 255. */
export type Pixels = { width: number; height: number; data: Uint8ClampedArray };

/** Returns the fingerprint of an upright picture, in the format of shared/domain/fingerprints.ts. */
export function fingerprintOf(pixels: Pixels): Uint8Array {
  const cells = averaged(pixels);
  const bytes = new Uint8Array(fingerprintBytes);
  writeSigns(bytes, cosineTransform(cells));
  bytes.set(gridOf(cells, colourSide), hashEnd);
  bytes.set(gridOf(cells, detailSide), coloursEnd);
  return bytes;
}

/** Returns the mean red, green and blue of each cell, 0 to 255. Transparent pixels count as white. */
function averaged({ width, height, data }: Pixels): Float64Array {
  const [columns, rows] = [sharesOf(width), sharesOf(height)];
  const sums = new Float64Array(side * side * 3);
  const line = new Float64Array(side * 3);
  for (let y = 0; y < height; y += 1) {
    line.fill(0);
    for (const { pixel, cell, share } of columns) {
      const from = (y * width + pixel) * 4;
      const alpha = (data[from + 3] ?? 0) / 255;
      for (let part = 0; part < 3; part += 1) {
        const level = 255 + ((data[from + part] ?? 0) - 255) * alpha;
        line[cell * 3 + part] = (line[cell * 3 + part] ?? 0) + level * share;
      }
    }
    for (let at = rows.findIndex(({ pixel }) => pixel === y); rows[at]?.pixel === y; at += 1) {
      const { cell, share } = rows[at] ?? { cell: 0, share: 0 };
      for (let part = 0; part < side * 3; part += 1) {
        const into = cell * side * 3 + part;
        sums[into] = (sums[into] ?? 0) + (line[part] ?? 0) * share;
      }
    }
  }
  return sums;
}

/** Maps the pixels of a line to cells, in order, each with its share of the cell. */
function sharesOf(length: number): { pixel: number; cell: number; share: number }[] {
  const shares: { pixel: number; cell: number; share: number }[] = [];
  for (let pixel = 0; pixel < length; pixel += 1) {
    const [from, to] = [(pixel * side) / length, ((pixel + 1) * side) / length];
    for (let cell = Math.floor(from); cell < Math.min(side, to); cell += 1) {
      const share = Math.min(cell + 1, to) - Math.max(cell, from);
      if (share > 1e-9) shares.push({ pixel, cell, share });
    }
  }
  return shares;
}

const cosines = Array.from({ length: fineSide }, (_, frequency) =>
  Float64Array.from({ length: side }, (_, at) => Math.cos(((2 * at + 1) * frequency * Math.PI) / (2 * side))),
);

/** Returns the lowest frequencies of the lightness, row by row: a two-dimensional DCT-II. */
function cosineTransform(cells: Float64Array): Float64Array {
  const lightness = Float64Array.from(
    { length: side * side },
    (_, at) =>
      0.299 * (cells[at * 3] ?? 0) + 0.587 * (cells[at * 3 + 1] ?? 0) + 0.114 * (cells[at * 3 + 2] ?? 0),
  );
  const across = new Float64Array(side * fineSide);
  const spectrum = new Float64Array(fineSide * fineSide);
  for (let row = 0; row < side; row += 1) {
    for (const [frequency, wave] of cosines.entries()) {
      let sum = 0;
      for (let at = 0; at < side; at += 1) sum += (lightness[row * side + at] ?? 0) * (wave[at] ?? 0);
      across[row * fineSide + frequency] = sum;
    }
  }
  for (const [frequency, wave] of cosines.entries()) {
    for (let column = 0; column < fineSide; column += 1) {
      let sum = 0;
      for (let at = 0; at < side; at += 1) sum += (across[at * fineSide + column] ?? 0) * (wave[at] ?? 0);
      spectrum[frequency * fineSide + column] = sum;
    }
  }
  return spectrum;
}

/** Sets the bit of each positive frequency. The mean is always positive, so it has no bit. */
function writeSigns(bytes: Uint8Array, spectrum: Float64Array): void {
  for (const [bit, { across, down }] of frequencies.entries()) {
    if (bit === 0 || (spectrum[down * fineSide + across] ?? 0) <= 0) continue;
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
}

/** Returns the mean colour of each grid cell as signed bytes. */
function gridOf(cells: Float64Array, parts: number): Uint8Array {
  const size = side / parts;
  const grid = new Int8Array(parts * parts * 3);
  for (let part = 0; part < parts * parts; part += 1) {
    const [top, left] = [Math.floor(part / parts) * size, (part % parts) * size];
    const mean = [0, 0, 0];
    for (let at = 0; at < size * size; at += 1) {
      const cell = (top + Math.floor(at / size)) * side + left + (at % size);
      for (const channel of mean.keys())
        mean[channel] = (mean[channel] ?? 0) + (cells[cell * 3 + channel] ?? 0) / (size * size);
    }
    grid.set(labOf(mean), part * 3);
  }
  return new Uint8Array(grid.buffer);
}

/** Returns L (0 to 100), a and b (-128 to 127) of a colour in sRGB: https://www.w3.org/TR/css-color-4/#color-conversion-code */
function labOf(colour: readonly number[]): number[] {
  const [red = 0, green = 0, blue = 0] = colour.map((level) => {
    const share = level / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const response = (value: number) =>
    value > 216 / 24_389 ? Math.cbrt(value) : (841 / 108) * value + 4 / 29;
  const x = response((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
  const y = response(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = response((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)].map(Math.round);
}
