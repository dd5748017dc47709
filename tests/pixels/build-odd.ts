// Builds pictures of kinds that few programs write: inks in a JPEG, few bits and interlacing in a PNG, parts of a GIF.
import { deflateSync } from 'node:zlib';
import { pngChunk, words } from '../../electron/generator/pipeline/test-pictures';
import type { Chunk, Raster } from './build-png';

/** The colour space of a JPEG. Adobe's files store inverted inks. */
export type JpegKind = 'grey' | 'rgb' | 'cmyk' | 'ycck';

const jpegComponents: Readonly<Record<JpegKind, number>> = { grey: 1, rgb: 3, cmyk: 4, ycck: 4 };

/** The first code of each length of the table of JPEG's annex K.3.1, for the sizes 0 to 11. */
const sizeCodes = [
  ...['00', '010', '011', '100', '101', '110', '1110', '11110', '111110', '1111110', '11111110'],
  '111111110',
];

/**
 * A baseline JPEG of blocks of one colour each: sides have to be multiples of 8. After so many blocks of all components a
 * marker has the decoder begin anew; never for 0.
 * https://www.w3.org/Graphics/JPEG/itu-t81.pdf
 */
export function buildJpegOf(
  { width, height, at }: Raster,
  kind: JpegKind,
  { blocksPerRestart = 0 } = {},
): Buffer {
  const components = jpegComponents[kind];
  const adobe = Buffer.concat([
    Buffer.from('Adobe\0\x64\0\0\0\0', 'latin1'),
    Buffer.of(kind === 'ycck' ? 2 : 0),
  ]);
  const ids = Array.from({ length: components }, (_, index) => index + 1);
  const size = Buffer.of(8, height >> 8, height & 255, width >> 8, width & 255, components);
  const levels = (x: number, y: number) => samplesOf(at(x, y).slice(0, 3), kind);
  return Buffer.concat([
    Buffer.of(0xff, 0xd8),
    ...(kind === 'grey' ? [] : [segment(0xee, adobe)]),
    segment(0xdb, Buffer.concat([Buffer.of(0), Buffer.alloc(64, 1)])),
    segment(0xc0, Buffer.concat([size, ...ids.map((id) => Buffer.of(id, 0x11, 0))])),
    segment(0xc4, Buffer.from([0, 0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, ...sizeCodes.keys()])),
    // The only code behind a block's first coefficient says that nothing follows.
    segment(0xc4, Buffer.from([0x10, 1, ...Array.from({ length: 15 }, () => 0), 0])),
    ...(blocksPerRestart === 0
      ? []
      : [segment(0xdd, Buffer.of(blocksPerRestart >> 8, blocksPerRestart & 255))]),
    segment(0xda, Buffer.from([components, ...ids.flatMap((id) => [id, 0]), 0, 63, 0])),
    ...scan(
      blocksOf(width, height).map(([x, y]) => levels(x, y)),
      components,
      blocksPerRestart,
    ),
    Buffer.of(0xff, 0xd9),
  ]);
}

function segment(marker: number, content: Buffer): Buffer {
  return Buffer.concat([
    Buffer.of(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255),
    content,
  ]);
}

function samplesOf(rgb: readonly number[], kind: JpegKind): number[] {
  const [red = 0, green = 0, blue = 0] = kind === 'ycck' ? rgb.map((level) => 255 - level) : rgb;
  if (kind === 'grey') return [red];
  if (kind !== 'ycck') return [red, green, blue, 255].slice(0, jpegComponents[kind]);
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  return [luma, 128 + (blue - luma) / 1.772, 128 + (red - luma) / 1.402, 255].map(Math.round);
}

function blocksOf(width: number, height: number): [x: number, y: number][] {
  return Array.from({ length: (width / 8) * (height / 8) }, (_, index) => [
    8 * (index % (width / 8)),
    8 * Math.floor(index / (width / 8)),
  ]);
}

/** @param blocks the levels of each block. */
function scan(blocks: readonly number[][], components: number, blocksPerRestart: number): Buffer[] {
  const length = blocksPerRestart || blocks.length;
  return Array.from({ length: Math.ceil(blocks.length / length) }, (_, index) => [
    ...(index === 0 ? [] : [Buffer.of(0xff, 0xd0 + ((index - 1) % 8))]),
    interval(blocks.slice(index * length, (index + 1) * length), components),
  ]).flat();
}

/** Differences begin anew with each interval. */
function interval(blocks: readonly number[][], components: number): Buffer {
  const bits: string[] = [];
  const before = Array.from({ length: components }, () => 0);
  for (const levels of blocks) {
    for (const [index, level] of levels.entries()) {
      const value = 8 * (level - 128);
      bits.push(codeOf(value - (before[index] ?? 0)), '0');
      before[index] = value;
    }
  }
  const joined = bits.join('');
  const bytes = Array.from({ length: Math.ceil(joined.length / 8) }, (_, index) =>
    Number.parseInt(joined.slice(8 * index, 8 * index + 8).padEnd(8, '1'), 2),
  );
  return Buffer.from(bytes.flatMap((byte) => (byte === 255 ? [255, 0] : [byte])));
}

/** A size, then so many bits: those of a negative number are one less. */
function codeOf(difference: number): string {
  const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
  const bits = difference < 0 ? difference + 2 ** size - 1 : difference;
  return `${sizeCodes[size]}${size === 0 ? '' : bits.toString(2).padStart(size, '0')}`;
}

export type RawPng = {
  depth: 1 | 2 | 4 | 8 | 16;
  /** 0 grey, 2 red, green and blue, 3 palette, 4 grey and alpha, 6 all: https://www.w3.org/TR/png-3/#6Colour-values */
  type: 0 | 2 | 3 | 4 | 6;
  isInterlaced?: boolean;
  chunks?: readonly Chunk[];
  samples: (x: number, y: number) => readonly number[];
};

/** https://www.w3.org/TR/png-3/#8Interlace */
const passes = [
  ...[
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
  ],
  ...[
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ],
] as const;

export function buildRawPng(
  { width, height }: Pick<Raster, 'width' | 'height'>,
  { depth, type, isInterlaced = false, chunks = [], samples }: RawPng,
): Buffer {
  const rows: Buffer[] = [];
  for (const [left = 0, top = 0, across = 1, down = 1] of isInterlaced ? passes : [[0, 0, 1, 1]]) {
    for (let y = top; y < height; y += down) {
      const bits: string[] = [];
      for (let x = left; x < width; x += across)
        for (const sample of samples(x, y)) bits.push(sample.toString(2).padStart(depth, '0'));
      const joined = bits.join('');
      const bytes = joined.match(/.{1,8}/g) ?? [];
      rows.push(Buffer.from([0, ...bytes.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2))]));
    }
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk(
      'IHDR',
      Buffer.concat([words(width, height), Buffer.of(depth, type, 0, 0, isInterlaced ? 1 : 0)]),
    ),
    ...chunks.map(([name, data]) => pngChunk(name, data)),
    pngChunk('IDAT', deflateSync(Buffer.concat(rows))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export type GifFrame = {
  left: number;
  top: number;
  width: number;
  height: number;
  /** Returns a number of the palette. */
  at: (x: number, y: number) => number;
  /** The frame's own; absent: that of the file. */
  palette?: Palette;
  /** Disposal of the frame before the next one: 1 keeps it, 2 clears it, 3 restores the one before. */
  disposal?: 1 | 2 | 3;
};

type Palette = readonly (readonly number[])[];

/**
 * The pictures are not packed: codes keep eight bits if the table is cleared in time.
 * https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 *
 * @param transparent a number of the palette.
 */
export function buildGif(
  { width, height }: Pick<Raster, 'width' | 'height'>,
  palette: Palette,
  frames: readonly GifFrame[],
  transparent: number,
): Buffer {
  const pieces = frames.flatMap((frame) => [
    Buffer.of(0x21, 0xf9, 4, ((frame.disposal ?? 1) << 2) | 1, 20, 0, transparent, 0, 0x2c),
    shorts(frame.left, frame.top, frame.width, frame.height),
    ...(frame.palette ? [Buffer.of(0x86), tableOf(frame.palette)] : [Buffer.of(0)]),
    Buffer.of(7),
    ...subBlocks(frame),
  ]);
  return Buffer.concat([
    Buffer.from('GIF89a'),
    shorts(width, height),
    Buffer.of(0xf6, 0, 0),
    tableOf(palette),
    ...pieces,
    Buffer.of(0x3b),
  ]);
}

function tableOf(palette: Palette): Buffer {
  const table = Buffer.alloc(3 * 128);
  for (const [index, colour] of palette.entries()) table.set(colour.slice(0, 3), 3 * index);
  return table;
}

function subBlocks({ width, height, at }: GifFrame): Buffer[] {
  const [clear, end] = [128, 129];
  const codes: number[] = [];
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    if (pixel % 100 === 0) codes.push(clear);
    codes.push(at(pixel % width, Math.floor(pixel / width)));
  }
  codes.push(end);
  const blocks: Buffer[] = [];
  for (let from = 0; from < codes.length; from += 255) {
    const piece = codes.slice(from, from + 255);
    blocks.push(Buffer.from([piece.length, ...piece]));
  }
  return [...blocks, Buffer.of(0)];
}

function shorts(...values: number[]): Buffer {
  return Buffer.from(values.flatMap((value) => [value & 255, value >> 8]));
}
