// Builds pictures that are frames of a track, as bursts and animations are kept. ISO/IEC 14496-12, 8; ISO/IEC 23008-12, 7.
import { isoBox } from '../../electron/generator/pipeline/test-pictures';
import { longs, shorts } from './build-heif';

export type Track = {
  brands: readonly string[];
  /** The type of the frames, such as "hvc1", and the boxes that describe them. */
  type: string;
  properties: readonly Buffer[];
  width: number;
  height: number;
  /** Each can be decoded without the others. */
  frames: readonly Buffer[];
  /** Boxes between the header and the track, such as those of a still picture. */
  rest?: (dataAt: number) => Buffer;
  /** How the track and the movie are shown: the numbers a, b, c and d of 6.2.2. Absent: as they are. */
  matrix?: Matrix;
  movieMatrix?: Matrix;
  /** Whether the headers have times of 64 bits. */
  isLong?: boolean;
};

export type Matrix = readonly [a: number, b: number, c: number, d: number];

/** By the orientation that EXIF gives the number. */
export const matrices: Readonly<Record<number, Matrix>> = {
  ...{ 1: [1, 0, 0, 1], 2: [-1, 0, 0, 1], 3: [-1, 0, 0, -1], 4: [1, 0, 0, -1] },
  ...{ 5: [0, 1, 1, 0], 6: [0, 1, -1, 0], 7: [0, -1, -1, 0], 8: [0, -1, 1, 0] },
};

const frameMs = 100;
/** Where the picture begins is what brings it back into sight: 8.3.2. */
function matrixBox([a, b, c, d]: Matrix, width: number, height: number): Buffer {
  const [x, y] = [Math.max(0, -(a * width + c * height)), Math.max(0, -(b * width + d * height))];
  const fixed = (value: number) => Math.round(value * 0x1_0000) >>> 0;
  return longs(...[fixed(a), fixed(b), 0, fixed(c), fixed(d), 0, fixed(x), fixed(y), 0x4000_0000]);
}

export function buildTrack(track: Track): Buffer {
  const [major = '', ...compatible] = track.brands;
  const head = (dataAt: number) =>
    Buffer.concat([
      isoBox('ftyp', Buffer.from(`${major}\0\0\0\0${compatible.join('')}`, 'latin1')),
      track.rest?.(dataAt) ?? Buffer.alloc(0),
      movieOf(track, dataAt),
    ]);
  return Buffer.concat([head(head(0).length + 8), isoBox('mdat', ...track.frames)]);
}

function movieOf(track: Track, dataAt: number): Buffer {
  const { type, properties, width, height, frames, isLong = false } = track;
  const asIs: Matrix = [1, 0, 0, 1];
  const { matrix = asIs, movieMatrix = asIs } = track;
  const version = isLong ? 0x100_0000 : 0;
  /** Times and durations. */
  const times = (...values: number[]) => longs(...values.flatMap((value) => (isLong ? [0, value] : [value])));
  const duration = frames.length * frameMs;
  const entry = isoBox(
    type,
    ...[shorts(0, 0, 0, 1), Buffer.alloc(16), shorts(width, height), longs(0x48_0000, 0x48_0000, 0)],
    ...[shorts(1), Buffer.alloc(32), shorts(24, 0xffff), ...properties],
  );
  const samples = isoBox(
    'stbl',
    isoBox('stsd', longs(0, 1), entry),
    isoBox('stts', longs(0, 1, frames.length, frameMs)),
    isoBox('stsc', longs(0, 1, 1, frames.length, 1)),
    isoBox('stsz', longs(0, 0, frames.length, ...frames.map(({ length }) => length))),
    isoBox('stco', longs(0, 1, dataAt)),
  );
  const handler = isoBox('hdlr', longs(0, 0), Buffer.from('pict', 'latin1'), Buffer.alloc(13));
  const source = isoBox('dinf', isoBox('dref', longs(0, 1), isoBox('url ', longs(1))));
  const media = isoBox(
    'mdia',
    isoBox('mdhd', longs(0, 0, 0, 1000, duration), shorts(0x55c4, 0)),
    handler,
    isoBox('minf', isoBox('vmhd', longs(1), shorts(0, 0, 0, 0)), source, samples),
  );
  const head = isoBox(
    'tkhd',
    ...[longs(version + 7), times(0, 0), longs(1, 0), times(duration), longs(0, 0), shorts(0, 0, 0, 0)],
    ...[matrixBox(matrix, width, height), longs(width << 16, height << 16)],
  );
  const movieHead = isoBox(
    'mvhd',
    ...[
      ...[longs(version), times(0, 0), longs(1000), times(duration), longs(0x1_0000)],
      shorts(0x100, 0),
      longs(0, 0),
      matrixBox(movieMatrix, 0, 0),
      Buffer.alloc(24),
      longs(2),
    ],
  );
  return isoBox('moov', movieHead, isoBox('trak', head, media));
}
