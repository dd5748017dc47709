// Runs every function that walks a container on malicious files: none may throw, hang or read out of bounds.
import { describe, expect, test } from 'vitest';
import {
  isoBox,
  noise,
  sample,
  withJpegSegment,
  withPngChunk,
  words,
} from '../../../electron/generator/pipeline/test-pictures';
import { embedXmp, findXmp } from './embed-xmp';
import { gifBlocks } from './gif';
import { inspect } from './inspect';
import { isoBoxes } from './iso-boxes';
import { jpegSegments } from './jpeg';
import { metadataIn } from './metadata';
import { pngChunks } from './png';
import { removeMetadata } from './remove-metadata';
import { removeXmp } from './remove-xmp';
import type { Span } from './span';
import { webpChunks } from './webp';

const signatures = {
  png: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  jpg: Buffer.of(0xff, 0xd8, 0xff, 0xe0),
  webp: Buffer.from('RIFF\xff\xff\xff\x7fWEBP', 'latin1'),
  gif: Buffer.from('GIF89a'),
  avif: Buffer.from('\0\0\0\x0cftypavif', 'latin1'),
} as const;
const formats = ['png', 'jpg', 'webp', 'gif', 'avif'] as const;

const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>';
const exif = Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0', 'latin1');
const png = withPngChunk(noise(9, 7).toBuffer('image/png'), 'eXIf', exif.subarray(6));
const samples: [string, Buffer][] = [
  ['PNG', Buffer.from(embedXmp(png, xmp) ?? [])],
  [
    'JPEG',
    Buffer.from(embedXmp(withJpegSegment(sample(8, 8).toBuffer('image/jpeg'), 0xe1, exif), xmp) ?? []),
  ],
  ['WebP', Buffer.from(embedXmp(noise(9, 7).toBuffer('image/webp', 100), xmp) ?? [])],
  ['GIF', await sample(8, 8).encode('gif')],
  ['AVIF', await sample(8, 8).encode('avif')],
];

/** Calls everything that reads a container, and checks that every part is within the file and after the previous one. */
function readAll(bytes: Uint8Array): void {
  const inspection = inspect(bytes);
  if (inspection?.size) expect(inspection.size.width * inspection.size.height).toBeGreaterThan(0);
  findXmp(bytes);
  removeXmp(bytes);
  const cleaned = removeMetadata(bytes);
  if (Buffer.compare(removeMetadata(cleaned), cleaned) !== 0) expect.fail('something was left to remove');
  embedXmp(bytes, xmp);
  for (const walk of [pngChunks, jpegSegments, webpChunks, gifBlocks, isoBoxes])
    checkParts(bytes, walk(bytes));
  for (const format of formats) checkParts(bytes, metadataIn(bytes, format));
}

function checkParts(bytes: Uint8Array, parts: Iterable<Span>): void {
  let previousEnd = 0;
  for (const { start, end, contentStart, contentEnd } of parts) {
    const isInOrder =
      previousEnd <= start && start < end && start <= contentStart && contentStart <= contentEnd;
    if (!isInOrder || contentEnd > end || end > bytes.length) {
      expect.fail(`a part from ${start} to ${end} of ${bytes.length} bytes`);
    }
    previousEnd = end;
  }
}

/** A view in the middle of a larger buffer, where reading beyond either end would find a whole picture. */
function within(bytes: Uint8Array): Uint8Array {
  const larger = Buffer.concat([png, bytes, png]);
  return new Uint8Array(larger.buffer, larger.byteOffset + png.length, bytes.length);
}

describe.each(samples)('a small %s', (_format, bytes) => {
  test('is read when it is truncated at any byte', () => {
    for (let length = 0; length <= bytes.length; length += 1) readAll(within(bytes.subarray(0, length)));
  });

  test('is read when any byte is wrong', () => {
    for (let at = 0; at < bytes.length; at += 1) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const broken = Buffer.from(bytes);
        broken[at] = value;
        readAll(broken);
      }
    }
  });

  test('is read when any four bytes declare a huge or a zero length', () => {
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      for (const value of [0, 1, 0x7fffffff, 0xffffffff]) {
        const broken = Buffer.from(bytes);
        broken.writeUInt32BE(value, at);
        readAll(broken);
      }
    }
  });
});

test.each(formats)('random bytes after the signature of a %s are read', (format) => {
  const random = createRandom(format.length + format.charCodeAt(0));
  for (let round = 0; round < 400; round += 1) {
    const body = Buffer.from(Array.from({ length: random(300) }, () => random(256)));
    readAll(within(Buffer.concat([signatures[format], body])));
  }
});

test('random bytes without a signature are no picture', () => {
  const random = createRandom(7);
  for (let round = 0; round < 400; round += 1) {
    const bytes = Buffer.from(Array.from({ length: random(200) }, () => random(128) | 0x80));
    expect(inspect(bytes)).toBeNull();
    readAll(bytes);
  }
});

describe('overlapping and nested AVIF boxes', () => {
  const pixels = isoBox('mdat', Buffer.alloc(4));

  test('a child that is longer than its parent is ignored', () => {
    const property = isoBox('ispe', words(0, 5, 5));
    property.writeUInt32BE(property.length + 8, 0);
    const meta = isoBox('meta', words(0), isoBox('iprp', isoBox('ipco', property)));
    const bytes = Buffer.concat([signatures.avif, meta, pixels]);
    readAll(bytes);
    expect(inspect(bytes)?.size).toBeNull();
  });

  test('a box of size zero ends with its parent', () => {
    const property = isoBox('ispe', words(0, 5, 5));
    property.writeUInt32BE(0, 0);
    const meta = isoBox('meta', words(0), isoBox('iprp', isoBox('ipco', property)));
    const bytes = Buffer.concat([signatures.avif, meta, pixels]);
    readAll(bytes);
    expect(inspect(bytes)?.size).toEqual({ width: 5, height: 5 });
  });

  test.each([0n, 15n, 2n ** 53n, 2n ** 64n - 1n])('a 64-bit size of %i ends the walk', (size) => {
    const box = Buffer.concat([words(1), Buffer.from('meta'), Buffer.alloc(8)]);
    box.writeBigUInt64BE(size, 8);
    const bytes = Buffer.concat([signatures.avif, box, pixels]);
    readAll(bytes);
    expect([...isoBoxes(bytes)].map(({ name }) => name)).toEqual(['ftyp']);
  });

  test('an ipma that declares more associations than it holds gives no orientation', () => {
    const ipma = isoBox('ipma', words(0, 0xffffffff), Buffer.of(0, 1, 255, 1));
    const properties = isoBox('iprp', isoBox('ipco', isoBox('irot', Buffer.of(3))), ipma);
    const meta = isoBox('meta', words(0), isoBox('pitm', words(0), Buffer.of(0, 1)), properties);
    const bytes = Buffer.concat([signatures.avif, meta, pixels]);
    readAll(bytes);
    expect(inspect(bytes)?.orientation).toBe(1);
  });
});

/** Returns a generator of integers below a limit, with the same sequence in each run. */
function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
