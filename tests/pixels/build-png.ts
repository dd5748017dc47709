// Builds small PNG files of every kind that the matrix needs. https://www.w3.org/TR/png-3/
import { deflateSync } from 'node:zlib';
import { pngChunk, words } from '../../electron/generator/pipeline/test-pictures';

export type Pixel = readonly [red: number, green: number, blue: number, alpha: number];
export type Raster = { width: number; height: number; at: (x: number, y: number) => Pixel };
export type PngKind = 'rgb' | 'rgba' | 'rgb16' | 'rgba16' | 'palette' | 'grey' | 'grey16';

const colourTypes: Readonly<Record<PngKind, number>> = {
  ...{ rgb: 2, rgba: 6, rgb16: 2, rgba16: 6, palette: 3, grey: 0, grey16: 0 },
};

export type Chunk = readonly [name: string, data: Uint8Array];

/** @param chunks come before the pixels. @param frames more than one makes an animation. */
export function buildPng(frames: readonly Raster[], kind: PngKind, chunks: readonly Chunk[] = []): Buffer {
  const [first] = frames;
  if (!first) throw new Error('There is no frame.');
  const depth = kind.endsWith('16') ? 16 : 8;
  const header = Buffer.concat([
    words(first.width, first.height),
    Buffer.of(depth, colourTypes[kind], 0, 0, 0),
  ]);
  const palette = kind === 'palette' ? paletteOf(first) : null;
  const isAnimated = frames.length > 1;
  let sequence = 0;
  const frameChunks = frames.flatMap((frame, index): Buffer[] => {
    const data = deflateSync(rowsOf(frame, kind, palette));
    const control = pngChunk('fcTL', frameControl(sequence, frame));
    if (isAnimated) sequence += 1;
    if (index === 0) return [...(isAnimated ? [control] : []), pngChunk('IDAT', data)];
    const numbered = Buffer.concat([words(sequence), data]);
    sequence += 1;
    return [control, pngChunk('fdAT', numbered)];
  });
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    ...chunks.map(([name, data]) => pngChunk(name, data)),
    ...(isAnimated ? [pngChunk('acTL', words(frames.length, 0))] : []),
    ...(palette ? [pngChunk('PLTE', Buffer.concat(palette.map(([r, g, b]) => Buffer.of(r, g, b))))] : []),
    ...frameChunks,
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function frameControl(sequence: number, { width, height }: Raster): Buffer {
  return Buffer.concat([words(sequence, width, height, 0, 0), Buffer.of(0, 30, 0, 100, 0, 0)]);
}

/** The colours of the four quarters. */
function paletteOf({ width, height, at }: Raster): Pixel[] {
  return [at(0, 0), at(width - 1, 0), at(0, height - 1), at(width - 1, height - 1)];
}

/** All rows of the upper half are equal, and all of the lower one. */
function rowsOf(raster: Raster, kind: PngKind, palette: Pixel[] | null): Buffer {
  const half = raster.height / 2;
  const [upper, lower] = [rowOf(raster, 0, kind, palette), rowOf(raster, half, kind, palette)];
  return Buffer.concat(Array.from({ length: raster.height }, (_, y) => (y < half ? upper : lower)));
}

function rowOf(raster: Raster, y: number, kind: PngKind, palette: Pixel[] | null): Buffer {
  const bytes = [0];
  for (let x = 0; x < raster.width; x += 1) {
    const pixel = raster.at(x, y);
    const samples = palette
      ? [palette.findIndex((colour) => colour.join() === pixel.join())]
      : kind.startsWith('grey')
        ? [pixel[0]]
        : pixel.slice(0, kind.startsWith('rgba') ? 4 : 3);
    for (const sample of samples) bytes.push(...(kind.endsWith('16') ? [sample, sample] : [sample]));
  }
  return Buffer.from(bytes);
}

export function iccChunk(profile: Uint8Array): Chunk {
  return ['iCCP', Buffer.concat([Buffer.from('p\0\0', 'latin1'), deflateSync(profile)])];
}
