// Opening and reading small pictures with a long part, such as a text, takes linear time at most.
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decode } from '../../electron/generator/codec/decode';
import {
  isoBox,
  sample,
  webpOf,
  withJpegSegment,
  withPngChunk,
} from '../../electron/generator/pipeline/test-pictures';
import { findRecipe } from '../../electron/generator/recipes/read-recipe';
import { withoutRecipe } from '../../electron/generator/recipes/without-recipe';
import { embedXmp } from '../../shared/domain/picture-bytes/embed-xmp';
import { formatOf } from '../../shared/domain/picture-bytes/format-of';
import { webpChunks } from '../../shared/domain/picture-bytes/webp';
import { maxDurationMs } from './find-slow';
import { maxExponent, measureGrowth } from './growth';

/** Bytes. What is not linear shows here: metadata of up to four times as much is read, and any in a file. */
const maxLength = 1_024_000;
const [png, jpeg] = [sample(8, 6).encodeSync('png'), sample(8, 6).encodeSync('jpeg')];
const [webp, avif] = [sample(8, 6).encodeSync('webp'), await sample(8, 6).encode('avif')];
const gif = await sample(8, 6).encode('gif');

const textOf = (length: number) => Buffer.alloc(length, 'a lighthouse, dusk\n');
const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** A comment of EXIF of this length. */
function exifOf(length: number): Buffer {
  const head = latin1('MM\0*\0\0\0\x08\0\x01\x92\x86\0\x07\0\0\0\0\0\0\0\x1a\0\0\0\0');
  head.writeUInt32BE(length, 14);
  return Buffer.concat([head, latin1('ASCII\0\0\0'), textOf(length)]);
}

/** A graph of ComfyUI of this length. */
function graphOf(length: number): Buffer {
  const node = (id: number) =>
    `"${id}":{"class_type":"CLIPTextEncode","inputs":{"text":"a fox ${id}","clip":["${id + 1}",0]}}`;
  const nodes = Array.from({ length: Math.ceil(length / node(10_000).length) }, (_, id) => node(id));
  const sampler = '"s":{"class_type":"KSampler","inputs":{"positive":["0",0],"seed":1}}';
  return Buffer.from(`{${sampler},${nodes.join(',')}}`);
}

const pngWith = (name: string, head: string, content: Buffer) =>
  withPngChunk(png, name, Buffer.concat([latin1(head), content]));

function jpegWith(marker: number, head: string, length: number): Buffer {
  const segment = Buffer.concat([latin1(head), textOf(60_000)]);
  const one = withJpegSegment(Buffer.of(), marker, segment);
  const segments = Array.from({ length: Math.ceil(length / segment.length) }, () => one);
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

function webpWith(flag: number, name: string, content: Buffer): Buffer {
  const header = Buffer.from([flag, 0, 0, 0, 7, 0, 0, 5, 0, 0]);
  const picture = [...webpChunks(webp)]
    .filter((chunk) => chunk.name.startsWith('VP8') && chunk.name !== 'VP8X')
    .map((chunk): [string, Buffer] => [chunk.name, webp.subarray(chunk.contentStart, chunk.contentEnd)]);
  return webpOf(['VP8X', header], ...picture, [name, content]);
}

/** Sub-blocks of 255 bytes. */
function gifWith(length: number): Buffer {
  const block = Buffer.concat([Buffer.of(255), textOf(255)]);
  const comment = Array.from({ length: Math.ceil(length / 256) }, () => block);
  return Buffer.concat([
    gif.subarray(0, -1),
    Buffer.of(0x21, 0xfe),
    ...comment,
    Buffer.of(0),
    gif.subarray(-1),
  ]);
}

const parts: Record<string, (length: number) => Buffer> = {
  'a text of a PNG': (length) => pngWith('tEXt', 'parameters\0', textOf(length)),
  'a graph of ComfyUI in a PNG': (length) => pngWith('tEXt', 'prompt\0', graphOf(length)),
  'a packed text of a PNG': (length) => pngWith('zTXt', 'parameters\0\0', randomBytes(length)),
  'XMP of a PNG': (length) => pngWith('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0', textOf(length)),
  'EXIF of a PNG': (length) => pngWith('eXIf', '', exifOf(length)),
  'content credentials of a PNG': (length) => pngWith('caBX', '', isoBox('jumb', textOf(length))),
  'an unknown part of a PNG': (length) => pngWith('abCd', '', textOf(length)),
  'a profile of a PNG': (length) => pngWith('iCCP', 'p\0\0', randomBytes(length)),
  'XMP of a JPEG': (length) => jpegWith(0xe1, 'http://ns.adobe.com/xap/1.0/\0', length),
  'comments of a JPEG': (length) => jpegWith(0xfe, '', length),
  'profiles of a JPEG': (length) => jpegWith(0xe2, 'ICC_PROFILE\0\x01\x01', length),
  'XMP of a WebP': (length) => webpWith(0x04, 'XMP ', textOf(length)),
  'EXIF of a WebP': (length) => webpWith(0x08, 'EXIF', exifOf(length)),
  'an unknown part of a WebP': (length) => webpWith(0, 'ABCD', textOf(length)),
  'a comment of a GIF': gifWith,
  'XMP of an AVIF': (length) => Buffer.from(embedXmp(avif, textOf(length).toString()) ?? ''),
  'an unknown part of an AVIF': (length) => Buffer.concat([avif, isoBox('uuid', textOf(length))]),
};

describe.each(Object.entries(parts))('a small picture with %s', (_name, make) => {
  test(
    'is opened and read in linear time',
    async () => {
      const run = async (bytes: Buffer) => {
        const format = formatOf(bytes);
        if (!format) throw new Error('The picture has no format.');
        findRecipe(bytes, format);
        withoutRecipe(bytes, format);
        expect((await decode(bytes)).width).toBe(8);
      };
      expect(await measureGrowth({ run, make, maxLength })).toBeLessThan(maxExponent);
    },
    maxDurationMs,
  );
});
