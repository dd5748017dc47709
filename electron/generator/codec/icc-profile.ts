// Writes ICC profiles for colour spaces that files specify by code points, because the codec supports only
// profiles.

/** CIE xy of red, green, blue and the white point. */
export type Primaries = readonly (readonly [x: number, y: number])[];

const d65 = [0.3127, 0.329] as const;
const bt709: Primaries = [[0.64, 0.33], [0.3, 0.6], [0.15, 0.06], d65];

/** ITU-T H.273, table 2, by code point. */
export const primariesByCode: Readonly<Record<number, Primaries>> = {
  1: bt709,
  4: [
    [0.67, 0.33],
    [0.21, 0.71],
    [0.14, 0.08],
    [0.31, 0.316],
  ],
  5: [[0.64, 0.33], [0.29, 0.6], [0.15, 0.06], d65],
  6: [[0.63, 0.34], [0.31, 0.595], [0.155, 0.07], d65],
  7: [[0.63, 0.34], [0.31, 0.595], [0.155, 0.07], d65],
  9: [[0.708, 0.292], [0.17, 0.797], [0.131, 0.046], d65],
  11: [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
    [0.314, 0.351],
  ],
  12: [[0.68, 0.32], [0.265, 0.69], [0.15, 0.06], d65],
  22: [[0.63, 0.34], [0.295, 0.605], [0.155, 0.077], d65],
};

/** A transfer curve: `(a * x + b) ^ g` from `d` on, `c * x` below. ICC.1:2022, 10.18, type 3. */
type Curve = readonly [g: number, a: number, b: number, c: number, d: number];
const srgb: Curve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];
const rec709: Curve = [1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081];
const gamma = (exponent: number): Curve => [exponent, 1, 0, 0, 0];

/** ITU-T H.273, table 3, by code point. Curves for high dynamic range are missing because they need tone mapping. */
export const curvesByCode: Readonly<Record<number, Curve>> = {
  1: rec709,
  4: gamma(2.2),
  5: gamma(2.8),
  6: rec709,
  8: gamma(1),
  13: srgb,
  14: rec709,
  15: rec709,
};

type Vector = readonly [number, number, number];

/** Returns an ICC profile of version 4.3: https://www.color.org/specification/ICC.1-2022-05.pdf */
export function writeIccProfile(primaries: Primaries, curve: Curve = srgb): Buffer {
  const [red, green, blue] = colorantsOf(primaries);
  const tags: [string, Buffer][] = [
    // Not shown: the description tag of a colour profile.
    ['desc', textTag('Colour space')],
    ['cprt', textTag('CC0')],
    ['wtpt', xyzTag(d50)],
    ['rXYZ', xyzTag(red)],
    ['gXYZ', xyzTag(green)],
    ['bXYZ', xyzTag(blue)],
    ['rTRC', curveTag(curve)],
    ['gTRC', curveTag(curve)],
    ['bTRC', curveTag(curve)],
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length);
  let offset = headerLength + table.length;
  tags.forEach(([name, data], index) => {
    table.write(name, 4 + 12 * index, 'latin1');
    table.writeUInt32BE(offset, 8 + 12 * index);
    table.writeUInt32BE(data.length, 12 + 12 * index);
    offset += data.length;
  });
  return Buffer.concat([header(offset), table, ...tags.map(([, data]) => data)]);
}

const headerLength = 128;

function header(length: number): Buffer {
  const bytes = Buffer.alloc(headerLength);
  bytes.writeUInt32BE(length, 0);
  bytes.writeUInt32BE(0x04300000, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  bytes.write('acsp', 36, 'latin1');
  d50.forEach((value, index) => {
    bytes.writeInt32BE(fixed(value), 68 + 4 * index);
  });
  return bytes;
}

/** The illuminant of the profile connection space: 7.2.16. */
const d50: Vector = [0.9642, 1, 0.8249];

/** s15Fixed16Number: 16 integer bits and 16 fractional bits. 4.6. */
const fixed = (value: number) => Math.round(value * 65_536);

function xyzTag(values: Vector): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.write('XYZ ', 'latin1');
  values.forEach((value, index) => {
    bytes.writeInt32BE(fixed(value), 8 + 4 * index);
  });
  return bytes;
}

function curveTag(curve: Curve): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.write('para', 'latin1');
  bytes.writeUInt16BE(3, 8);
  curve.forEach((value, index) => {
    bytes.writeInt32BE(fixed(value), 12 + 4 * index);
  });
  return bytes;
}

/** An `mluc` tag with one ASCII text, padded to four bytes: 10.15. */
function textTag(text: string): Buffer {
  const words = Buffer.from(text, 'utf16le').swap16();
  const bytes = Buffer.alloc(28 + Math.ceil(words.length / 4) * 4);
  bytes.write('mluc', 'latin1');
  bytes.writeUInt32BE(1, 8);
  bytes.writeUInt32BE(12, 12);
  bytes.write('enUS', 16, 'latin1');
  bytes.writeUInt32BE(words.length, 20);
  bytes.writeUInt32BE(28, 24);
  words.copy(bytes, 28);
  return bytes;
}

/** Returns the XYZ of red, green and blue, adapted to D50 with the Bradford matrix: annex E. */
function colorantsOf(primaries: Primaries): readonly [Vector, Vector, Vector] {
  const [red, green, blue, white] = primaries.map(([x, y]): Vector => [x / y, 1, (1 - x - y) / y]);
  if (!red || !green || !blue || !white) throw new Error('Primaries are missing.');
  const matrix = columns(red, green, blue);
  const scale = multiply(invert(matrix), white);
  const adapted = (column: Vector, factor: number): Vector =>
    multiply(adaptation(white), [column[0] * factor, column[1] * factor, column[2] * factor]);
  return [adapted(red, scale[0]), adapted(green, scale[1]), adapted(blue, scale[2])];
}

type Matrix = readonly [Vector, Vector, Vector];
const bradford: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

function adaptation(white: Vector): Matrix {
  const from = multiply(bradford, white);
  const to = multiply(bradford, d50);
  const scaled = bradford.map((row, index): Vector => {
    const factor = (to[index] ?? 1) / (from[index] ?? 1);
    return [row[0] * factor, row[1] * factor, row[2] * factor];
  });
  const [a = bradford[0], b = bradford[1], c = bradford[2]] = scaled;
  return product(invert(bradford), [a, b, c]);
}

function columns(a: Vector, b: Vector, c: Vector): Matrix {
  return [
    [a[0], b[0], c[0]],
    [a[1], b[1], c[1]],
    [a[2], b[2], c[2]],
  ];
}

function multiply(m: Matrix, v: Vector): Vector {
  const row = (r: Vector) => r[0] * v[0] + r[1] * v[1] + r[2] * v[2];
  return [row(m[0]), row(m[1]), row(m[2])];
}

function product(m: Matrix, n: Matrix): Matrix {
  const column = (index: 0 | 1 | 2) => multiply(m, [n[0][index], n[1][index], n[2][index]]);
  return columns(column(0), column(1), column(2));
}

function invert([a, b, c]: Matrix): Matrix {
  const cross = (u: Vector, v: Vector): Vector => [
    u[1] * v[2] - u[2] * v[1],
    u[2] * v[0] - u[0] * v[2],
    u[0] * v[1] - u[1] * v[0],
  ];
  const determinant = multiply([a, a, a], cross(b, c))[0];
  const over = (v: Vector): Vector => [v[0] / determinant, v[1] / determinant, v[2] / determinant];
  return columns(over(cross(b, c)), over(cross(c, a)), over(cross(a, b)));
}
