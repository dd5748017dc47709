import { deflateSync } from 'node:zlib';
import { createCanvas, Image } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { prepareForCodec } from '../../../electron/generator/codec/colours';
import { primariesByCode, writeIccProfile } from '../../../electron/generator/codec/icc-profile';
import {
  noise,
  pngChunk,
  sample,
  webpOf,
  withJpegSegment,
  withPngChunk,
} from '../../../electron/generator/pipeline/test-pictures';
import { inspect } from './inspect';
import { jpegSegments } from './jpeg';
import { pngChunks } from './png';
import { removeMetadata } from './remove-metadata';
import { webpChunks, webpFlags } from './webp';

/** Stands for private information in a file. */
const secret = 'at 52.51 N, 13.41 E';
const hidden = Buffer.from(secret);
const profile = writeIccProfile(primariesByCode[12] ?? []);
const orientations = [1, 2, 3, 4, 5, 6, 7, 8];

/** A record with an orientation and a location, from its TIFF header on. */
function exif(orientation: number): Buffer {
  const turn = Buffer.of(0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0);
  const place = Buffer.of(0x82, 0x98, 0, 2, 0, 0, 0, hidden.length, 0, 0, 0, 38);
  return Buffer.concat([Buffer.from('MM\0*\0\0\0\x08\0\x02'), turn, place, Buffer.alloc(4), hidden]);
}

/** A JPEG without the profile that the encoder adds. */
function plainJpeg(): Buffer {
  const jpeg: Buffer = sample(48, 32).toBuffer('image/jpeg');
  const added = [...jpegSegments(jpeg)].find(({ marker }) => marker === 0xe2);
  return Buffer.concat([jpeg.subarray(0, added?.start), jpeg.subarray(added?.end)]);
}

/** A PNG without the colour chunks that the encoder adds. */
function plainPng(): Buffer {
  const png = sample(48, 32).toBuffer('image/png');
  const critical = [...pngChunks(png)].filter(({ name }) => /^[A-Z]/.test(name));
  return Buffer.concat([png.subarray(0, 8), ...critical.map(({ start, end }) => png.subarray(start, end))]);
}

/** A JPEG with every segment that cameras, phones and programs are known to add. */
function photo(orientation = 6): Buffer {
  const added: [number, Buffer][] = [
    [0xe0, Buffer.concat([Buffer.from('JFXX\0\x10'), hidden])],
    [0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(orientation)])],
    [0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${secret}`)],
    [0xe1, Buffer.from(`http://ns.adobe.com/xmp/extension/\0${secret}`)],
    [0xe2, Buffer.from(`MPF\0${secret}`)],
    [0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x02'), profile.subarray(0, 200)])],
    [0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x02\x02'), profile.subarray(200)])],
    [0xe4, hidden],
    [0xeb, Buffer.concat([Buffer.from('JP\0\x01\0\0\0\x01\0\0\0\x20jumb'), hidden])],
    [0xed, Buffer.from(`Photoshop 3.0\0${secret}`)],
    [0xee, Buffer.from('Adobe\0\x64\0\0\0\0\x01')],
    [0xfe, hidden],
  ];
  const jpeg = added.toReversed().reduce((bytes, [marker, data]) => {
    // Inserts after APP0, which has to come first.
    const app0 = 2 + 18;
    return Buffer.concat([
      bytes.subarray(0, app0),
      withJpegSegment(bytes.subarray(app0 - 2), marker, data).subarray(2),
    ]);
  }, plainJpeg());
  // A phone may append a video or a second picture.
  return Buffer.concat([jpeg, Buffer.from('\0\0\0\x20ftypmp42'), hidden]);
}

function screenshot(orientation = 3): Buffer {
  const added: [string, Buffer][] = [
    ['iCCP', Buffer.concat([Buffer.from('p\0\0'), deflateSync(profile)])],
    ['pHYs', Buffer.of(0, 0, 0x0b, 0x13, 0, 0, 0x0b, 0x13, 1)],
    ['eXIf', exif(orientation)],
    ['tEXt', Buffer.from(`parameters\0${secret}`)],
    ['zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(hidden)])],
    ['iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${secret}`)],
    ['tIME', Buffer.of(0x07, 0xea, 11, 29, 1, 2, 3)],
    ['caBX', hidden],
    ['prVt', hidden],
  ];
  const png = added.toReversed().reduce((bytes, [name, data]) => withPngChunk(bytes, name, data), plainPng());
  return Buffer.concat([png, hidden]);
}

function webp(): Buffer {
  const picture = [...webpChunks(noise(9, 7).toBuffer('image/webp', 100))].find(
    ({ name }) => name === 'VP8L',
  );
  const plain = noise(9, 7).toBuffer('image/webp', 100);
  const lossless = plain.subarray(picture?.contentStart, picture?.contentEnd);
  const flags = 0x20 | webpFlags.hasXmp | webpFlags.hasExif;
  const file = webpOf(
    ['VP8X', Buffer.of(flags, 0, 0, 0, 8, 0, 0, 6, 0, 0)],
    ['ICCP', profile],
    ['VP8L', lossless],
    ['EXIF', exif(8)],
    ['XMP ', hidden],
    ['C2PA', hidden],
    ['note', hidden],
  );
  return Buffer.concat([file, hidden]);
}

async function pixels(bytes: Uint8Array) {
  const inspection = inspect(bytes);
  const image = new Image();
  image.src = Buffer.from(inspection ? prepareForCodec(bytes, inspection) : bytes);
  await image.decode();
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return [
    image.width,
    image.height,
    canvas.getContext('2d').getImageData(0, 0, image.width, image.height).data,
  ];
}

const files = { JPEG: photo(), PNG: screenshot(), WebP: webp() };

describe.each(Object.entries(files))('a %s with everything', (_format, bytes) => {
  const cleaned = removeMetadata(bytes);

  test('contains no information about its owner any more', () => {
    expect(bytes.includes(hidden)).toBe(true);
    expect(Buffer.from(cleaned).includes(hidden)).toBe(false);
    expect(Buffer.from(cleaned).includes(deflateSync(hidden).subarray(2, -4))).toBe(false);
  });

  test('keeps its pixels, colours and orientation', async () => {
    expect(await pixels(cleaned)).toEqual(await pixels(bytes));
    const { hasContentCredentials: _, ...before } = inspect(bytes) ?? { hasContentCredentials: true };
    expect(inspect(cleaned)).toEqual({ ...before, hasContentCredentials: false });
    expect(before).toMatchObject({ hasColourProfile: true, isComplete: true });
  });

  test('gives the same result each time, and is idempotent', () => {
    expect(Buffer.compare(removeMetadata(bytes), cleaned)).toBe(0);
    expect(Buffer.compare(removeMetadata(cleaned), cleaned)).toBe(0);
  });

  test('is not changed itself', () => {
    const copy = Buffer.from(bytes);
    removeMetadata(bytes);
    expect(bytes.equals(copy)).toBe(true);
  });
});

test('a JPEG keeps the segments that its pixels need, in their order', () => {
  const markers = [...jpegSegments(removeMetadata(photo()))].map(({ marker }) => marker);
  expect(markers.slice(0, 5)).toEqual([0xe0, 0xe1, 0xe2, 0xe2, 0xee]);
  expect(markers.filter((marker) => marker >= 0xe0)).toHaveLength(5);
});

test('a PNG keeps the chunks that its pixels need, in their order', () => {
  const names = [...pngChunks(removeMetadata(screenshot()))].map(({ name }) => name);
  expect([...new Set(names)]).toEqual(['IHDR', 'eXIf', 'iCCP', 'pHYs', 'IDAT', 'IEND']);
});

test('an animated PNG keeps its frames', () => {
  const names = ['acTL', 'fcTL', 'fdAT'];
  const still: Buffer = screenshot();
  const moving = names.reduce((bytes, name) => withPngChunk(bytes, name, Buffer.alloc(8)), still);
  const left = [...pngChunks(removeMetadata(moving))].map(({ name }) => name);
  expect(left).toEqual(expect.arrayContaining(names));
  expect(inspect(removeMetadata(moving))?.isAnimated).toBe(true);
});

test('a WebP has the new length, and no flags for removed parts', () => {
  const cleaned = Buffer.from(removeMetadata(webp()));
  expect([...webpChunks(cleaned)].map(({ name }) => name)).toEqual(['VP8X', 'ICCP', 'VP8L']);
  expect(cleaned.readUInt32LE(4)).toBe(cleaned.length - 8);
  expect(cleaned[20]).toBe(0x20);
});

test.each(orientations)('orientation %i stays', (orientation) => {
  expect(inspect(removeMetadata(photo(orientation)))?.orientation).toBe(orientation);
  expect(inspect(removeMetadata(screenshot(orientation)))?.orientation).toBe(orientation);
});

test('an upright picture gets no EXIF at all', () => {
  expect(Buffer.from(removeMetadata(photo(1))).includes('Exif')).toBe(false);
  expect(Buffer.from(removeMetadata(screenshot(1))).includes('eXIf')).toBe(false);
});

test('removes the preview in a JFIF segment, which may show cropped parts', async () => {
  const plain = sample(48, 32).toBuffer('image/jpeg');
  const preview = Buffer.concat([plain.subarray(6, 18), Buffer.of(2, 1), Buffer.alloc(6, 0x41)]);
  const bytes = withJpegSegment(Buffer.concat([plain.subarray(0, 2), plain.subarray(20)]), 0xe0, preview);
  expect(Buffer.compare(removeMetadata(bytes), plain)).toBe(0);
});

test('removes a segment between two scans', () => {
  const plain = sample(48, 32).toBuffer('image/jpeg');
  const scan = [...jpegSegments(plain)].find(({ marker }) => marker === 0xda);
  const again = Buffer.concat([Buffer.of(0xff, 0xfe, 0, 2 + hidden.length), hidden]);
  const header = plain.subarray(scan?.start, scan?.end);
  const body = plain.subarray(0, -2);
  const bytes = Buffer.concat([body, again, header, Buffer.of(1, 2, 0xff, 0, 3), plain.subarray(-2)]);
  const cleaned = Buffer.from(removeMetadata(bytes));
  expect(cleaned.equals(Buffer.concat([body, header, Buffer.of(1, 2, 0xff, 0, 3), plain.subarray(-2)]))).toBe(
    true,
  );
});

test.each(['image/jpeg', 'image/png', 'image/webp'] as const)('%s of an encoder is not copied', (type) => {
  const bytes =
    type === 'image/webp' ? noise(9, 7).toBuffer(type) : sample(48, 32).toBuffer(type as 'image/png');
  expect(removeMetadata(bytes)).toBe(bytes);
});

test.each([
  ['AVIF', await sample(8, 8).encode('avif')],
  ['GIF', await sample(8, 8).encode('gif')],
])('a file of another format stays as it is: %s', (_format, bytes) => {
  expect(removeMetadata(bytes)).toBe(bytes);
});

test.each(Object.entries(files))(
  'a %s that is truncated in its pixels keeps the existing ones',
  (_format, bytes) => {
    const whole = removeMetadata(bytes);
    const cut = bytes.subarray(0, bytes.lastIndexOf(whole.subarray(-60, -30)) + 20);
    const cleaned = Buffer.from(removeMetadata(cut));
    expect(cleaned.includes(hidden)).toBe(false);
    expect(cleaned.subarray(-20).equals(cut.subarray(-20))).toBe(true);
  },
);

test.each([
  ['bytes of fill', Buffer.of(0xff, 0xff)],
  ['something that is no marker', Buffer.concat([Buffer.of(0xff, 0, 0, 2 + hidden.length), hidden])],
])('%s before the first segment hide nothing', (_what, inserted) => {
  const plain = photo();
  const bytes = Buffer.concat([plain.subarray(0, 2), inserted, plain.subarray(2)]);
  const cleaned = Buffer.from(removeMetadata(bytes));
  expect(cleaned.equals(removeMetadata(plain))).toBe(true);
});

test('a chunk with a wrong length does not cause reading beyond the file', () => {
  const png = Buffer.concat([screenshot().subarray(0, 33), pngChunk('tEXt', hidden)]);
  png.writeUInt32BE(0x7fffffff, 33);
  expect(Buffer.from(removeMetadata(png)).includes(hidden)).toBe(false);
});
