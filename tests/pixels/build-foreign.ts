// Builds BMP and TIFF files of the four quarters.
import type { Pixel, Raster } from './build-png';
import {
  compressBlock,
  compressionCode,
  cutIntoBlocks,
  predict,
  type TiffBlocks,
  type TiffCompression,
} from './tiff-blocks';

/** `565` and `8888`: by the bits of each channel. `rle8`: numbers of a palette, in runs. */
export type BmpKind = 'rgb' | '565' | '8888' | 'palette' | 'rle8';

const bmpDepths: Readonly<Record<BmpKind, number>> = { rgb: 24, 565: 16, 8888: 32, palette: 8, rle8: 8 };
/** How the pixels are packed: not at all, in runs of bytes, by masks of bits. */
const [unpacked, runs, bitfields] = [0, 1, 3];

/** https://learn.microsoft.com/windows/win32/gdi/bitmap-storage. Rows begin at the bottom. */
export function buildBmp(raster: Raster, kind: BmpKind = 'rgb'): Buffer {
  const { width, height, at } = raster;
  const depth = bmpDepths[kind];
  const colours = quartersOf(raster);
  const hasMasks = kind === '565' || kind === '8888';
  const before = hasMasks
    ? Buffer.concat((kind === '565' ? [0xf800, 0x07e0, 0x1f] : [0xff0000, 0xff00, 0xff]).map(long))
    : depth === 8
      ? Buffer.concat(colours.map(([red, green, blue]) => Buffer.of(blue, green, red, 0)))
      : Buffer.alloc(0);
  const rows = Array.from({ length: height }, (_, y) => {
    const pixels = Array.from({ length: width }, (_, x) => at(x, height - 1 - y));
    if (kind === 'rle8') return runsOf(pixels.map((pixel) => indexOf(pixel, colours)));
    const row = Buffer.concat(pixels.map((pixel) => bmpPixel(pixel, kind, colours)));
    return Buffer.concat([row, Buffer.alloc((4 - (row.length % 4)) % 4)]);
  });
  const data = Buffer.concat([...rows, kind === 'rle8' ? Buffer.of(0, 1) : Buffer.alloc(0)]);
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(header.length + before.length + data.length, 2);
  header.writeUInt32LE(header.length + before.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(depth, 28);
  header.writeUInt32LE(hasMasks ? bitfields : kind === 'rle8' ? runs : unpacked, 30);
  header.writeUInt32LE(data.length, 34);
  header.writeUInt32LE(depth === 8 ? colours.length : 0, 46);
  return Buffer.concat([header, before, data]);
}

function bmpPixel(pixel: Pixel, kind: BmpKind, colours: readonly Pixel[]): Buffer {
  const [red, green, blue] = pixel;
  if (kind === 'palette') return Buffer.of(indexOf(pixel, colours));
  if (kind === '565') return short(((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3));
  return Buffer.from(kind === '8888' ? [blue, green, red, 0] : [blue, green, red]);
}

/** A count and a number, then the end of the row. */
function runsOf(row: readonly number[]): Buffer {
  const packed: number[] = [];
  for (let at = 0; at < row.length; ) {
    let end = at + 1;
    while (end < row.length && end - at < 255 && row[end] === row[at]) end += 1;
    packed.push(end - at, row[at] ?? 0);
    at = end;
  }
  return Buffer.from([...packed, 0, 0]);
}

function indexOf(pixel: Pixel, colours: readonly Pixel[]): number {
  return colours.findIndex((colour) => colour.join() === pixel.join());
}

/** `premultiplied`: the colours are multiplied with alpha. */
export type TiffKind =
  | 'rgb'
  | 'rgba'
  | 'premultiplied'
  | 'rgb16'
  | 'grey'
  | 'grey16'
  | 'white is zero'
  | 'palette'
  | 'cmyk';
type Field = readonly [tag: number, type: 1 | 2 | 3 | 4 | 7, values: readonly number[]];

export type TiffLayout = TiffBlocks & {
  compression?: TiffCompression;
  /** Whether each sample is the difference to the one before. */
  isPredicted?: boolean;
};

type TiffExtras = TiffLayout & {
  orientation?: number;
  icc?: Uint8Array;
  dateTime?: string;
  /** The file's format of samples: 2 for signed, 3 for floating point. */
  sampleFormat?: number;
};

const samplesOf: Readonly<Record<TiffKind, number>> = {
  ...{ rgb: 3, rgba: 4, premultiplied: 4, rgb16: 3, grey: 1, grey16: 1, palette: 1, cmyk: 4 },
  'white is zero': 1,
};
const photometricOf: Readonly<Partial<Record<TiffKind, number>>> = {
  ...{ grey: 1, grey16: 1, palette: 3, cmyk: 5, 'white is zero': 0 },
};

/** https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf */
export function buildTiff(raster: Raster, kind: TiffKind, extras: TiffExtras = {}): Buffer {
  const { orientation = 1, icc, dateTime, sampleFormat, tile, isPlanar, isPredicted } = extras;
  const { width, height } = raster;
  const samples = samplesOf[kind];
  const depth = kind.endsWith('16') ? 16 : 8;
  const rowsPerStrip = extras.rowsPerStrip ?? height;
  const blocks = cutIntoBlocks({ width, height, samples, depth, bytes: pixelsOf(raster, kind) }, extras);
  const stored = blocks.map((block) =>
    compressBlock(isPredicted ? predict(block) : block.bytes, extras.compression),
  );
  const pixels = Buffer.concat(stored);
  const offsets = stored.map((_, index) => 8 + Buffer.concat(stored.slice(0, index)).length);
  const lengths = stored.map(({ length }) => length);
  const fields: Field[] = [
    [256, 4, [width]],
    [257, 4, [height]],
    [258, 3, Array.from({ length: samples }, () => depth)],
    [259, 3, [compressionCode(extras.compression)]],
    [262, 3, [photometricOf[kind] ?? 2]],
    ...(tile ? [] : [[273, 4, offsets] as const]),
    [274, 3, [orientation]],
    [277, 3, [samples]],
    ...(tile ? [] : [[278, 4, [rowsPerStrip]] as const, [279, 4, lengths] as const]),
    ...(isPlanar ? [[284, 3, [2]] as const] : []),
    ...(dateTime ? [[306, 2, [...Buffer.from(`${dateTime}\0`)]] as const] : []),
    ...(isPredicted ? [[317, 3, [2]] as const] : []),
    ...(kind === 'palette' ? [[320, 3, paletteOf(raster)] as const] : []),
    ...(tile ? [[322, 4, [tile.width]] as const, [323, 4, [tile.height]] as const] : []),
    ...(tile ? [[324, 4, offsets] as const, [325, 4, lengths] as const] : []),
    ...(samples === 4 && kind !== 'cmyk' ? [[338, 3, [kind === 'rgba' ? 2 : 1]] as const] : []),
    ...(sampleFormat ? [[339, 3, Array.from({ length: samples }, () => sampleFormat)] as const] : []),
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
      else if (kind === 'white is zero') bytes.push(255 - red);
      else if (kind === 'grey16') bytes.push(red, red);
      else if (kind === 'cmyk') bytes.push(...inksOf(red, green, blue));
      else if (kind === 'premultiplied')
        bytes.push(...[red, green, blue].map((value) => Math.round((value * alpha) / 255)), alpha);
      else if (kind === 'palette') bytes.push(indexOf(at(x, y), corners));
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
