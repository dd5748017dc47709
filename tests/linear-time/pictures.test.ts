// The parsers of picture files, on generated repetitions of the parts of each format: none may take more than linear time.
import { describe, expect, test } from 'vitest';
import { foreignProfile, prepareForCodec } from '../../electron/generator/codec/colours';
import { readRecipe } from '../../electron/generator/recipes/read-recipe';
import { withoutRecipe } from '../../electron/generator/recipes/without-recipe';
import { embedXmp, findXmp } from '../../shared/domain/picture-bytes/embed-xmp';
import { formatOf } from '../../shared/domain/picture-bytes/format-of';
import { inspect } from '../../shared/domain/picture-bytes/inspect';
import { removeMetadata } from '../../shared/domain/picture-bytes/remove-metadata';
import { findSlowBytes, maxDurationMs } from './find-slow';

/** Length for a single token: twenty thousand empty chunks. */
const maxLength = 256_000;

function readAll(bytes: Uint8Array): void {
  const inspection = inspect(bytes);
  if (inspection) {
    prepareForCodec(bytes, inspection);
    foreignProfile(bytes, inspection);
  }
  findXmp(bytes);
  embedXmp(bytes, '<x/>');
  const format = formatOf(bytes);
  if (!format) throw new Error('The frame has no signature.');
  readRecipe(bytes, format);
  withoutRecipe(bytes, format);
  removeMetadata(bytes);
}

/** As `XMP` and EXIF begin, so that their content is read too. */
const xmp = 'http://ns.adobe.com/xap/1.0/\0';
const exif = 'Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08';

const pngChunk = (name: string, content: string) =>
  `\0\0\0${String.fromCharCode(content.length)}${name}${content}\0\0\0\0`;
const jpegSegment = (marker: string, content: string) =>
  `\xff${marker}\0${String.fromCharCode(content.length + 2)}${content}`;
const riffChunk = (name: string, content: string) =>
  `${name}${String.fromCharCode(content.length)}\0\0\0${content}${content.length % 2 === 1 ? '\0' : ''}`;
const isoBox = (name: string, content: string) =>
  `\0\0\0${String.fromCharCode(content.length + 8)}${name}${content}`;

const formats = {
  PNG: {
    tokens: [
      pngChunk('tEXt', 'prompt\0{'),
      pngChunk('zTXt', 'workflow\0\0x'),
      pngChunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0<x'),
      pngChunk('eXIf', exif.slice(6)),
      pngChunk('tEXt', ''),
      pngChunk('IDAT', ''),
      pngChunk('cICP', '\x09\x0d\0\x01'),
      pngChunk('caBX', isoBox('jumb', isoBox('cbor', '\x9f'))),
      '\0',
      '\xff',
    ],
    frames: [['\x89PNG\r\n\x1a\n', pngChunk('IEND', '')]],
  },
  JPEG: {
    tokens: [
      jpegSegment('\xe1', xmp),
      jpegSegment('\xe1', exif),
      jpegSegment('\xe1', ''),
      jpegSegment('\xdb', ''),
      jpegSegment('\xda', ''),
      jpegSegment('\xeb', 'JP\0\x01\0\0\0\x02\0\0\0\x10jumb'),
      jpegSegment('\xc0', '\x08\0\x01\0\x01'),
      '\xff',
      '\xff\xd0',
      '\0',
    ],
    frames: [['\xff\xd8\xff\xe0\0\x02', '\xff\xd9']],
  },
  WebP: {
    tokens: [
      riffChunk('XMP ', '<x'),
      riffChunk('EXIF', exif),
      riffChunk('EXIF', ''),
      riffChunk('VP8 ', '\0\0\0\0\0\0\x01\0\x01\0'),
      riffChunk('VP8X', '\0\0\0\0\0\0\0\0\0\0'),
      riffChunk('ANMF', '1'),
      riffChunk('C2PA', isoBox('jumb', '')),
      '\0',
      '\xff',
    ],
    frames: [['RIFF\xff\xff\xff\x7fWEBP', '']],
  },
  GIF: {
    tokens: [
      '\x21\xff\0',
      '\x21\xff\x0bC2PA_GIF\0\0\0\0',
      '\x2c\0\0\0\0\x01\0\x01\0\0\x08\0',
      '\x01',
      '\0',
      '\xff',
    ],
    frames: [['GIF89a\0\0\0\0\0\0\0', '\x3b']],
  },
  AVIF: {
    tokens: [
      isoBox('meta', '\0\0\0\0'),
      isoBox(
        'meta',
        `\0\0\0\0${isoBox('iprp', isoBox('ipco', isoBox('ispe', '\0\0\0\0\0\0\0\x01\0\0\0\x01')))}`,
      ),
      isoBox(
        'meta',
        `\0\0\0\0${isoBox('pitm', '\0\0\0\0\0\x01')}${isoBox('iprp', isoBox('ipma', '\0\0\0\0\xff\xff\xff\xff'))}`,
      ),
      isoBox(
        'meta',
        `\0\0\0\0${isoBox('iprp', isoBox('ipco', isoBox('colr', 'nclx\0\x09\0\x0d\0\x02\x80')))}`,
      ),
      isoBox(
        'meta',
        `\0\0\0\0${isoBox('iinf', `\0\0\0\0\0\x01${isoBox('infe', '\x02\0\0\0\0\x01\0\0Exif\0')}`)}${isoBox('iloc', '\0\0\0\0\x44\0\xff\xff\0\x01\0\0\xff\xff')}`,
      ),
      isoBox('uuid', ''),
      isoBox('mdat', ''),
      '\0',
      '\xff',
    ],
    frames: [['\0\0\0\x0cftypavif', '']],
  },
} as const;

describe.each(Object.entries(formats))('a %s', (_format, grammar) => {
  test(
    'is read in linear time',
    async () => {
      expect(await findSlowBytes({ ...grammar, run: readAll, maxLength })).toEqual([]);
    },
    maxDurationMs,
  );
});
