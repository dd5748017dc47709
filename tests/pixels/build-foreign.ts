// Builds BMP and TIFF files of the four quarters.
import type { Raster } from './build-png';

/** https://learn.microsoft.com/windows/win32/gdi/bitmap-storage. Rows begin at the bottom. */
export function buildBmp({ width, height, at }: Raster): Buffer {
  const rowLength = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + rowLength * height);
  bytes.write('BM', 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue] = at(x, height - 1 - y);
      bytes.set([blue, green, red], 54 + y * rowLength + 3 * x);
    }
  }
  return bytes;
}

/** `premultiplied`: the colours are multiplied with alpha. `packed`: PackBits, in strips of some rows. */
export type TiffKind =
  | 'rgb'
  | 'rgba'
  | 'premultiplied'
  | 'rgb16'
  | 'grey'
  | 'grey16'
  | 'palette'
  | 'cmyk'
  | 'packed';
type Field = readonly [tag: number, type: 1 | 2 | 3 | 4 | 7, values: readonly number[]];

/** `planes`: the file says that the samples of a pixel are apart, which they are not. */
type TiffExtras = { orientation?: number; icc?: Uint8Array; dateTime?: string; planes?: boolean };

const samplesOf: Readonly<Record<TiffKind, number>> = {
  ...{ rgb: 3, rgba: 4, premultiplied: 4, rgb16: 3, grey: 1, grey16: 1, palette: 1, cmyk: 4, packed: 3 },
};

/** https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf */
export function buildTiff(
  raster: Raster,
  kind: TiffKind,
  { orientation = 1, icc, dateTime, planes }: TiffExtras = {},
): Buffer {
  const { width, height } = raster;
  const samples = samplesOf[kind];
  const depth = kind.endsWith('16') ? 16 : 8;
  const rowsPerStrip = kind === 'packed' ? 5 : height;
  const whole = pixelsOf(raster, kind);
  const stripLength = rowsPerStrip * width * samples;
  const strips =
    kind === 'packed'
      ? Array.from({ length: Math.ceil(height / rowsPerStrip) }, (_, index) =>
          packBits(whole.subarray(index * stripLength, (index + 1) * stripLength)),
        )
      : [whole];
  const pixels = Buffer.concat(strips);
  const offsets = strips.map((_, index) => 8 + Buffer.concat(strips.slice(0, index)).length);
  const fields: Field[] = [
    [256, 4, [width]],
    [257, 4, [height]],
    [258, 3, Array.from({ length: samples }, () => depth)],
    [259, 3, [kind === 'packed' ? 32_773 : 1]],
    [262, 3, [kind === 'palette' ? 3 : kind === 'cmyk' ? 5 : samples === 1 ? 1 : 2]],
    [273, 4, offsets],
    [274, 3, [orientation]],
    [277, 3, [samples]],
    [278, 4, [rowsPerStrip]],
    [279, 4, strips.map(({ length }) => length)],
    ...(planes ? [[284, 3, [2]] as const] : []),
    ...(dateTime ? [[306, 2, [...Buffer.from(`${dateTime}\0`)]] as const] : []),
    ...(kind === 'palette' ? [[320, 3, paletteOf(raster)] as const] : []),
    ...(samples === 4 && kind !== 'cmyk' ? [[338, 3, [kind === 'rgba' ? 2 : 1]] as const] : []),
    ...(icc ? [[34_675, 7, [...icc]] as const] : []),
  ];
  return Buffer.concat([
    Buffer.from('II*\0'),
    long(8 + pixels.length),
    pixels,
    directory(fields, 8 + pixels.length),
  ]);
}

function directory(fields: readonly Field[], start: number): Buffer {
  const head = Buffer.alloc(2 + fields.length * 12 + 4);
  head.writeUInt16LE(fields.length);
  const values: Buffer[] = [];
  let valuesAt = start + head.length;
  fields.forEach(([tag, type, list], index) => {
    const at = 2 + index * 12;
    const data = Buffer.concat(
      list.map((value) => (type === 3 ? short(value) : type === 4 ? long(value) : Buffer.of(value))),
    );
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(list.length, at + 4);
    if (data.length <= 4) data.copy(head, at + 8);
    else {
      head.writeUInt32LE(valuesAt, at + 8);
      values.push(data);
      valuesAt += data.length;
    }
  });
  return Buffer.concat([head, ...values]);
}

function pixelsOf({ width, height, at }: Raster, kind: TiffKind): Buffer {
  const bytes: number[] = [];
  const corners = quartersOf({ width, height, at });
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue, alpha] = at(x, y);
      if (kind === 'grey') bytes.push(red);
      else if (kind === 'grey16') bytes.push(red, red);
      else if (kind === 'cmyk') bytes.push(...inksOf(red, green, blue));
      else if (kind === 'premultiplied')
        bytes.push(...[red, green, blue].map((value) => Math.round((value * alpha) / 255)), alpha);
      else if (kind === 'palette')
        bytes.push(corners.findIndex((corner) => corner.join() === at(x, y).join()));
      else if (kind === 'rgb16') bytes.push(red, red, green, green, blue, blue);
      else bytes.push(...(kind === 'rgba' ? [red, green, blue, alpha] : [red, green, blue]));
    }
  }
  return Buffer.from(bytes);
}

/** Cyan, magenta, yellow and black, with as much black as there can be. */
function inksOf(red: number, green: number, blue: number): number[] {
  const light = Math.max(red, green, blue);
  const ink = (value: number) => (light === 0 ? 0 : Math.round(255 * (1 - value / light)));
  return [ink(red), ink(green), ink(blue), 255 - light];
}

/** Runs of one byte, and other bytes one by one. A run in the middle of which nothing is (128) comes first. */
function packBits(bytes: Buffer): Buffer {
  const packed = [128];
  for (let at = 0; at < bytes.length; ) {
    let end = at + 1;
    while (end < bytes.length && end - at < 128 && bytes[end] === bytes[at]) end += 1;
    packed.push(end - at > 1 ? 257 - (end - at) : 0, bytes[at] ?? 0);
    at = end;
  }
  return Buffer.from(packed);
}

function quartersOf({ width, height, at }: Raster) {
  return [at(0, 0), at(width - 1, 0), at(0, height - 1), at(width - 1, height - 1)];
}

/** 256 reds, greens and blues of sixteen bits. */
function paletteOf(raster: Raster): number[] {
  const corners = quartersOf(raster);
  return [0, 1, 2].flatMap((channel) =>
    Array.from({ length: 256 }, (_, index) => (corners[index]?.[channel] ?? 0) * 257),
  );
}

const short = (value: number) => Buffer.of(value & 255, value >> 8);
function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
