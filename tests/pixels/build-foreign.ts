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

export type TiffKind = 'rgb' | 'rgba' | 'rgb16' | 'grey' | 'palette';
type Field = readonly [tag: number, type: 1 | 2 | 3 | 4 | 7, values: readonly number[]];

/** https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf */
export function buildTiff(
  raster: Raster,
  kind: TiffKind,
  { orientation = 1, icc, dateTime }: { orientation?: number; icc?: Uint8Array; dateTime?: string } = {},
): Buffer {
  const { width, height } = raster;
  const samples = { rgb: 3, rgba: 4, rgb16: 3, grey: 1, palette: 1 }[kind];
  const depth = kind === 'rgb16' ? 16 : 8;
  const pixels = pixelsOf(raster, kind);
  const fields: Field[] = [
    [256, 4, [width]],
    [257, 4, [height]],
    [258, 3, Array.from({ length: samples }, () => depth)],
    [259, 3, [1]],
    [262, 3, [{ rgb: 2, rgba: 2, rgb16: 2, grey: 1, palette: 3 }[kind]]],
    [273, 4, [8]],
    [274, 3, [orientation]],
    [277, 3, [samples]],
    [278, 4, [height]],
    [279, 4, [pixels.length]],
    ...(dateTime ? [[306, 2, [...Buffer.from(`${dateTime}\0`)]] as const] : []),
    ...(kind === 'palette' ? [[320, 3, paletteOf(raster)] as const] : []),
    ...(kind === 'rgba' ? [[338, 3, [2]] as const] : []),
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
      else if (kind === 'palette')
        bytes.push(corners.findIndex((corner) => corner.join() === at(x, y).join()));
      else if (kind === 'rgb16') bytes.push(red, red, green, green, blue, blue);
      else bytes.push(...(kind === 'rgba' ? [red, green, blue, alpha] : [red, green, blue]));
    }
  }
  return Buffer.from(bytes);
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
