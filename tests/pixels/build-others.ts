// Puts orientation, colour profiles and animation into JPEG, WebP, AVIF and GIF files that the codec has encoded.
import { isoBox, webpOf, withJpegSegment, words } from '../../electron/generator/pipeline/test-pictures';

/** A TIFF header, then a directory with only the orientation. */
export function orientationExif(orientation: number): Buffer {
  return Buffer.concat([
    Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0', 'latin1'),
    Buffer.of(orientation, 0, 0, 0, 0, 0, 0),
  ]);
}

export type Extras = { orientation?: number; icc?: Uint8Array | undefined };

export function buildJpeg(jpeg: Uint8Array, { orientation, icc }: Extras): Buffer {
  const withProfile = icc
    ? withJpegSegment(jpeg, 0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), icc]))
    : Buffer.from(jpeg);
  if (orientation === undefined) return withProfile;
  const data = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), orientationExif(orientation)]);
  return withJpegSegment(withProfile, 0xe1, data);
}

type Size = { width: number; height: number };
const [hasProfile, hasAlpha, hasExif, isAnimation] = [0x20, 0x10, 0x08, 0x02];

/** The picture itself: the chunks of an encoded WebP but its extended header. */
function pictureChunks(webp: Uint8Array): [string, Buffer][] {
  const file = Buffer.from(webp);
  const chunks: [string, Buffer][] = [];
  for (let at = 12; at + 8 <= file.length; ) {
    const length = file.readUInt32LE(at + 4);
    const name = file.toString('latin1', at, at + 4);
    if (/^(?:ALPH|VP8 |VP8L)$/.test(name)) chunks.push([name, file.subarray(at + 8, at + 8 + length)]);
    at += 8 + length + (length % 2);
  }
  return chunks;
}

function extendedHeader(flags: number, { width, height }: Size): [string, Buffer] {
  const header = Buffer.alloc(10);
  header[0] = flags;
  header.writeUIntLE(width - 1, 4, 3);
  header.writeUIntLE(height - 1, 7, 3);
  return ['VP8X', header];
}

export function buildWebp(
  webp: Uint8Array,
  size: Size,
  { orientation, icc, alpha }: Extras & { alpha: boolean },
) {
  const flags = (icc ? hasProfile : 0) | (orientation === undefined ? 0 : hasExif) | (alpha ? hasAlpha : 0);
  return webpOf(
    extendedHeader(flags, size),
    ...(icc ? [['ICCP', icc] as [string, Uint8Array]] : []),
    ...pictureChunks(webp),
    ...(orientation === undefined ? [] : [['EXIF', orientationExif(orientation)] as [string, Uint8Array]]),
  );
}

/** https://developers.google.com/speed/webp/docs/riff_container#animation */
export function buildAnimatedWebp(frames: readonly Uint8Array[], size: Size): Buffer {
  const animation = frames.map((frame): [string, Buffer] => {
    const head = Buffer.alloc(16);
    head.writeUIntLE(size.width - 1, 6, 3);
    head.writeUIntLE(size.height - 1, 9, 3);
    head.writeUIntLE(300, 12, 3);
    head[15] = 0x02;
    const picture = pictureChunks(frame).map(([name, data]) => webpOf([name, data]).subarray(12));
    return ['ANMF', Buffer.concat([head, ...picture])];
  });
  return webpOf(extendedHeader(isAnimation | hasAlpha, size), ['ANIM', Buffer.alloc(6)], ...animation);
}

/** @param colour replaces the box of code points that the codec writes. @param transforms `irot` and `imir`. */
export function buildAvif(
  avif: Uint8Array,
  {
    colour,
    transforms = [],
  }: { colour?: Buffer | undefined; transforms?: readonly (readonly [string, number])[] },
): Buffer {
  const file = Buffer.from(avif);
  const boxes = boxesIn(file, 0, file.length);
  const meta = boxes.find(({ name }) => name === 'meta');
  if (!meta) throw new Error('The AVIF has no meta box.');
  const before = file.length;
  const rebuilt = (delta: number): Buffer =>
    Buffer.concat(
      boxes.map((box) =>
        box.name === 'meta'
          ? isoBox('meta', words(0), ...metaContent(box.content.subarray(4), delta))
          : box.whole,
      ),
    );
  return rebuilt(rebuilt(0).length - before);

  function metaContent(content: Buffer, delta: number): Buffer[] {
    return boxesIn(content, 0, content.length).map((box) => {
      if (box.name === 'iloc') return isoBox('iloc', shiftedLocations(box.content, delta));
      return box.name === 'iprp' ? isoBox('iprp', ...properties(box.content)) : box.whole;
    });
  }

  function properties(content: Buffer): Buffer[] {
    const [ipco, ipma] = boxesIn(content, 0, content.length);
    if (!ipco || !ipma) throw new Error('The AVIF has no properties.');
    const kept = boxesIn(ipco.content, 0, ipco.content.length).map((box) =>
      box.name === 'colr' && colour ? isoBox('colr', colour) : box.whole,
    );
    const added = transforms.map(([name, value]) => isoBox(name, Buffer.of(value)));
    const indices = added.map((_, index) => 0x80 | (kept.length + index + 1));
    // The first entry is that of the picture: two bytes of id, then the number of its properties.
    const count = ipma.content[10] ?? 0;
    const associations = Buffer.concat([
      ipma.content.subarray(0, 10),
      Buffer.of(count + indices.length),
      ipma.content.subarray(11, 11 + count),
      Buffer.from(indices),
      ipma.content.subarray(11 + count),
    ]);
    return [isoBox('ipco', ...kept, ...added), isoBox('ipma', associations)];
  }
}

/** Version 0 with offsets of four bytes, as the codec writes it: ISO/IEC 14496-12, 8.11.3. */
function shiftedLocations(content: Buffer, delta: number): Buffer {
  const shifted = Buffer.from(content);
  const items = shifted.readUInt16BE(6);
  for (let index = 0; index < items; index += 1) {
    const at = 8 + 14 * index + 6;
    shifted.writeUInt32BE(shifted.readUInt32BE(at) + delta, at);
  }
  return shifted;
}

function boxesIn(file: Buffer, from: number, to: number) {
  const boxes: { name: string; whole: Buffer; content: Buffer }[] = [];
  for (let at = from; at + 8 <= to; ) {
    const length = file.readUInt32BE(at);
    boxes.push({
      name: file.toString('latin1', at + 4, at + 8),
      whole: file.subarray(at, at + length),
      content: file.subarray(at + 8, at + length),
    });
    at += length;
  }
  return boxes;
}
