import { describe, expect, test } from 'vitest';
import {
  isoBox,
  sample,
  webpOf,
  withJpegSegment,
  withPngChunk,
} from '../../../electron/generator/pipeline/test-pictures';
import type { PictureFormat } from '../picture-files';
import { inspect } from './inspect';

const canvas = sample(32, 24);
const png = canvas.toBuffer('image/png');
const jpeg = canvas.toBuffer('image/jpeg');
const webp = canvas.toBuffer('image/webp', 90);
const gif = await canvas.encode('gif');
const avif = await canvas.encode('avif');

/** "JP", box number, sequence number, then a JUMBF box: ISO/IEC 19566-5, D.2. */
const jumbf = Buffer.concat([Buffer.from('JP\0\x01\0\0\0\x01', 'latin1'), isoBox('jumb', Buffer.alloc(40))]);
const uuid = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
const data = Buffer.from('a manifest');

function withRiffChunk(bytes: Buffer, name: string): Buffer {
  return webpOf(['VP8 ', bytes.subarray(20)], [name, data]);
}

describe('finds a C2PA manifest', () => {
  test.each<[string, PictureFormat, Buffer]>([
    ['in a PNG', 'png', withPngChunk(png, 'caBX', data)],
    ['in a PNG behind other chunks', 'png', withPngChunk(withPngChunk(png, 'caBX', data), 'tEXt', data)],
    ['in a JPEG', 'jpg', withJpegSegment(jpeg, 0xeb, jumbf)],
    [
      'in a JPEG behind other segments',
      'jpg',
      withJpegSegment(withJpegSegment(jpeg, 0xeb, jumbf), 0xe1, data),
    ],
    ['in a WebP', 'webp', withRiffChunk(webp, 'C2PA')],
    ['in an AVIF', 'avif', Buffer.concat([avif, isoBox('uuid', uuid, data)])],
    [
      'in a GIF',
      'gif',
      Buffer.concat([gif.subarray(0, -1), Buffer.from('\x21\xff\x0bC2PA_GIF\x01\0\0\0;', 'latin1')]),
    ],
  ])('%s', (_where, format, bytes) => {
    expect(inspect(bytes)).toMatchObject({ format, hasContentCredentials: true });
  });
});

describe('finds no C2PA manifest', () => {
  test.each<[string, PictureFormat, Buffer]>([
    ['in a PNG', 'png', png],
    ['in a PNG that says caBX in its text', 'png', withPngChunk(png, 'tEXt', Buffer.from('caBX'))],
    ['in a JPEG', 'jpg', jpeg],
    ['in a JPEG with another APP11', 'jpg', withJpegSegment(jpeg, 0xeb, Buffer.from('HDR_RI ver=11'))],
    ['in a JPEG with JUMBF in another segment', 'jpg', withJpegSegment(jpeg, 0xe1, jumbf)],
    ['in a WebP', 'webp', webp],
    ['in a WebP with another chunk', 'webp', withRiffChunk(webp, 'EXIF')],
    ['in an AVIF', 'avif', avif],
    ['in an AVIF with another box', 'avif', Buffer.concat([avif, isoBox('uuid', Buffer.alloc(16), data)])],
    ['in a GIF', 'gif', gif],
  ])('%s', (_where, format, bytes) => {
    expect(inspect(bytes)).toMatchObject({ format, hasContentCredentials: false });
  });
});
