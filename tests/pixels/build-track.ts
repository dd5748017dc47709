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
};

const frameMs = 100;
/** Leaves a picture as it is: 8.3.2. */
const matrix = longs(0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000);

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

function movieOf({ type, properties, width, height, frames }: Track, dataAt: number): Buffer {
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
    ...[longs(7, 0, 0, 1, 0, duration, 0, 0), shorts(0, 0, 0, 0), matrix, longs(width << 16, height << 16)],
  );
  const movieHead = isoBox(
    'mvhd',
    ...[
      longs(0, 0, 0, 1000, duration, 0x1_0000),
      shorts(0x100, 0),
      longs(0, 0),
      matrix,
      Buffer.alloc(24),
      longs(2),
    ],
  );
  return isoBox('moov', movieHead, isoBox('trak', head, media));
}
